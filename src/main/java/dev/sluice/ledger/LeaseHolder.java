package dev.sluice.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who took a lease and has not released it.
 *
 * @param runId null while the holder has none yet
 * @param fence tells this holder from those before and after
 * @param expiresAt by the database's clock, unless the holder renews it
 * @param alive false if the lease has run out or the owner is a process of this host that is gone
 * @param stopRequested whether this holder has been asked to stop
 */
public record LeaseHolder(
        Owner owner, @Nullable Long runId, long fence, Instant expiresAt, boolean alive, boolean stopRequested) {}
