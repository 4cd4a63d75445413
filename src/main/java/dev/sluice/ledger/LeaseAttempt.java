package dev.sluice.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of asking for a lease. */
public sealed interface LeaseAttempt {

    /** @param tookOver whether an earlier owner had died or let the lease expire without releasing it */
    record Acquired(Lease lease, boolean tookOver) implements LeaseAttempt {}

    /**
     * @param runId the holder's run; null while it has none yet
     * @param expiresAt when it is over by the database's clock, unless the holder renews it
     */
    record HeldBy(Owner owner, @Nullable Long runId, Instant expiresAt) implements LeaseAttempt {}
}
