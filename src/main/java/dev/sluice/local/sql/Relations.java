package dev.sluice.local.sql;

/** Finds tables for a statement. */
@FunctionalInterface
public interface Relations {

    /** @throws SqlRefused notFound */
    Relation find(TableName table);

    /**
     * The table that a statement changes; its SQL also has {@link Statement#ROW} for each row where it is
     * executed.
     *
     * @throws SqlRefused notFound
     */
    default Relation target(TableName table) {
        return find(table);
    }
}
