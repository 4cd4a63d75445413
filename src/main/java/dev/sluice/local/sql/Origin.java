package dev.sluice.local.sql;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a column of a subquery passes on unchanged.
 *
 * @param columns DuckDB's names of columns of tables, several after a UNION
 * @param withs DuckDB's names of the common tables on the way
 */
record Origin(Set<String> columns, Set<String> withs) {

    static final Origin NONE = new Origin(Set.of(), Set.of());

    static Origin of(String column) {
        return new Origin(Set.of(column), Set.of());
    }

    Origin and(Origin other) {
        return new Origin(both(columns, other.columns), both(withs, other.withs));
    }

    Origin through(String with) {
        return new Origin(columns, both(withs, Set.of(with)));
    }

    static Set<String> both(Set<String> ones, Set<String> others) {
        var all = new TreeSet<>(ones);
        all.addAll(others);
        return all;
    }
}
