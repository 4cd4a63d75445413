package dev.sluice.ledger;

/** Proof that this process still owns a run. Thread-safe. */
public interface Fence {

    /**
     * Reads the lease; to be called immediately before every effect. Blocks for at most the ledger's query timeout.
     *
     * @throws LeaseLost if another owner has taken the run over, or the lease is gone
     */
    void verify();

    /**
     * Conditionally updates the lease row on the given connection, as the last statement before its commit, so that a
     * chunk of a lost owner never commits.
     *
     * @throws LeaseLost as {@link #verify()}
     */
    void verifyInside(java.sql.Connection transaction);

    /** Whether somebody asked the owner to stop, after what it has begun; does not block. */
    default boolean stopRequested() {
        return false;
    }
}
