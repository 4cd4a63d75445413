package dev.sluice.ledger;

/** Proof that this process still owns a run. Thread-safe. */
public interface Fence {

    /**
     * Reads the lease, and renews it if it has run out; to be called immediately before every effect. Blocks for at most
     * twice the ledger's connection and query timeouts together.
     *
     * @throws LeaseLost if another owner has taken the run over, or the lease is released
     */
    void verify();

    /**
     * Conditionally updates the lease row on the given connection, so that what a lost owner does on it never commits,
     * and whoever would take over waits until it has.
     *
     * @throws LeaseLost as {@link #verify()}
     */
    void verifyInside(java.sql.Connection transaction);

    /** Whether somebody asked the owner to stop, after what it has begun; does not block. */
    default boolean stopRequested() {
        return false;
    }
}
