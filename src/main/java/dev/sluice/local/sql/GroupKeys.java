package dev.sluice.local.sql;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is grouped by, as DuckDB's SQL.
 *
 * @param sets whether rows may be of groups in which keys are not told apart
 */
record GroupKeys(Set<String> keys, boolean sets) {

    static final GroupKeys NONE = new GroupKeys(Set.of(), false);

    private static final String FIELD = "struct_extract(";

    boolean has(String sql) {
        return keys.contains(sql);
    }

    /** What became of an expression, now that it is read group by group. */
    Typed read(Expression expression, Typed value) {
        boolean name = expression instanceof Expression.Name;
        if (has(value.sql())) {
            return !name && isOfOthers(value) ? value.written(ofOthers(value.sql())) : value.spokenFor(false);
        }
        if (name) {
            return isWithin(value.sql()) ? value.spokenFor(false) : value;
        }
        boolean query = Subqueries.isOne(expression);
        return query
                ? value.without(value.columns().stream().filter(this::isWithin).collect(Collectors.toSet()))
                : value;
    }

    /** Whether it is a key or a field of one. */
    private boolean isWithin(String sql) {
        String whole = sql;
        while (!has(whole) && whole.startsWith(FIELD) && whole.contains(", '")) {
            whole = whole.substring(FIELD.length(), whole.lastIndexOf(", '"));
        }
        return has(whole);
    }

    /** An expression over keys is computed of them, even if it is a key itself and they are not told apart. */
    private boolean isOfOthers(Typed value) {
        return sets && value.columns().isEmpty() && !ofOthers(value.sql()).equals(value.sql());
    }

    /** As DuckDB does not recognize the key. */
    private String ofOthers(String key) {
        String sql = key;
        for (String other : keys) {
            sql = other.equals(key) ? sql : sql.replace(other, "coalesce(" + other + ")");
        }
        return sql;
    }
}
