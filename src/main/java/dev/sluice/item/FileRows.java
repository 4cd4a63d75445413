package dev.sluice.item;

import java.io.Closeable;
import java.io.IOException;

/** One file's rows, in order. Not thread-safe. */
interface FileRows extends Closeable {

    /**
     * Moves the next row to the unit, or a few that the file keeps together.
     *
     * @return false at the end of the file
     */
    boolean next(UnitRows unit) throws IOException;

    /** Where in the file the next row starts. */
    long offset();

    /** The line on which the next row starts. */
    long nextLine();
}
