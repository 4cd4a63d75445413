package dev.sluice.local.sql;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of WITH that a query may name.
 *
 * @param tables by lower-case name; their aliases are DuckDB's
 */
record CommonTables(Map<String, RangeVariable> tables) {

    static final CommonTables NONE = new CommonTables(Map.of());

    CommonTables {
        tables = Map.copyOf(tables);
    }

    Optional<RangeVariable> find(String name) {
        return Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
    }

    /** These and one more, which hides one of the same name further out. */
    CommonTables and(String name, RangeVariable table) {
        Map<String, RangeVariable> more = new HashMap<>(tables);
        more.put(name.toLowerCase(Locale.ROOT), table);
        return new CommonTables(more);
    }
}
