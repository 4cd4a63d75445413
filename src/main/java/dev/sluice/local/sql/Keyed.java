package dev.sluice.local.sql;

import java.util.Set;

/**
 * A key of a table, alone or within functions that keep its order.
 *
 * @param key the column's name
 * @param type of the column
 * @param expression what is compared, with {@link #PLACE} for the column
 * @param functions whether functions over it are looked into
 * @param withs DuckDB's names of the common tables on the way to it
 */
record Keyed(String key, Type type, Expression expression, boolean functions, Set<String> withs) {

    /** A name that no statement can write. */
    static final String PLACE = "_sluice key";

    boolean isAlone() {
        return expression instanceof Expression.Name;
    }

    Keyed within(Expression around) {
        return new Keyed(key, type, around, functions, withs);
    }
}
