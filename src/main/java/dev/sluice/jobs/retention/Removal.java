package dev.sluice.jobs.retention;

import java.util.List;

/** What one step takes away, block by block. All within the calling thread's transaction. Thread-safe. */
interface Removal<T> {

    /** The next ones behind a number, by their numbers, at most a block; empty at the end. */
    List<T> next(Purge purge, long position);

    long number(T item);

    /** For the list of a dry run; empty if it is not listed. */
    String line(T item);

    /** Removes those that may still go, or counts them. */
    void remove(Purge purge, List<T> block);
}
