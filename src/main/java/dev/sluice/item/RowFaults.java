package dev.sluice.item;

import org.jspecify.annotations.Nullable;

/** What is wrong with rows that are right by themselves: known only once all of them have been looked at. */
@FunctionalInterface
public interface RowFaults {

    /**
     * @param row its number, counted from 1 over all rows of the source; asked for in rising order
     * @return why the row is to be set aside, or null
     */
    @Nullable
    String of(long row);
}
