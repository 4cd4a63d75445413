package dev.sluice.item;

import org.jspecify.annotations.Nullable;

/** Checks one record against the table's columns and appends it to a unit as a line of JSON. Not thread-safe. */
interface RowFormat {

    /**
     * @return null if the row was appended, otherwise why it was not: names the column, never the value
     */
    @Nullable
    String accept(byte[] bytes, int from, int to, UnitContent content);
}
