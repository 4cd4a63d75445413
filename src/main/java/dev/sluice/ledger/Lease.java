package dev.sluice.ledger;

/** The exclusive right to run an instance, kept alive by a heartbeat until it is closed. Thread-safe. */
public interface Lease extends AutoCloseable {

    Fence fence();

    /** Notes which run the holder is, so that losers can name it. */
    void attachRun(long runId);

    /**
     * Does something by other connections that nobody may do any more once the lease is taken over, which nobody does
     * before it is done.
     *
     * @throws LeaseLost if somebody has, and nothing was done
     */
    void whileHeld(Runnable work);

    /** Releases the lease if it is still ours. Idempotent. */
    @Override
    void close();
}
