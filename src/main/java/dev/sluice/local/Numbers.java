package dev.sluice.local;

/**
 * Numbers that nobody else gets, in growing order; those that a process has drawn and not used are lost. A sequence of DuckDB
 * takes about a millisecond, so that it is asked for a block of them. Thread-safe.
 */
final class Numbers {

    private static final long BLOCK = 1000;

    private final Store store;
    private final String sequence;
    private long next;
    private long end;

    /** @param sequence whose numbers, if others draw from it as well, they do not use beside ours */
    Numbers(Store store, String sequence) {
        this.store = store;
        this.sequence = sequence;
    }

    synchronized long next() {
        if (next == end) {
            next = BLOCK * store.transaction(1, connection -> Store.next(connection, sequence));
            end = next + BLOCK;
        }
        return next++;
    }
}
