package dev.sluice.local.sql;

import java.util.Set;

/**
 * Partitions or blocks in which a condition may hold for some row.
 *
 * @param sql DuckDB's condition, see {@link Scan}
 * @param filtered whether a key decides it
 * @param withs DuckDB's names of the common tables through which the condition came
 */
record Survivors(String sql, boolean filtered, Set<String> withs) {

    static final Survivors ALL = new Survivors(Scan.ALL, false, Set.of());
    static final Survivors NONE = new Survivors("FALSE", false, Set.of());

    boolean isAll() {
        return sql.equals(Scan.ALL);
    }

    Survivors and(Survivors other) {
        if (isAll() || other.isAll()) {
            return isAll() ? other : this;
        }
        return new Survivors(
                "(%s AND %s)".formatted(sql, other.sql), filtered || other.filtered, Origin.both(withs, other.withs));
    }

    Survivors or(Survivors other) {
        if (isAll() || other.isAll()) {
            return ALL;
        }
        if (this.equals(NONE) || other.equals(NONE)) {
            return this.equals(NONE) ? other : this;
        }
        return new Survivors(
                "(%s OR %s)".formatted(sql, other.sql), filtered && other.filtered, Origin.both(withs, other.withs));
    }
}
