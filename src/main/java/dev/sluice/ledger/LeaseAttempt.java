package dev.sluice.ledger;

import org.jspecify.annotations.Nullable;

/** What came of asking for a lease. */
public sealed interface LeaseAttempt {

    /** @param tookOver whether an earlier owner had died or let the lease expire without releasing it */
    record Acquired(Lease lease, boolean tookOver) implements LeaseAttempt {}

    /** @param runId the holder's run; null while it has none yet */
    record HeldBy(Owner owner, @Nullable Long runId) implements LeaseAttempt {}
}
