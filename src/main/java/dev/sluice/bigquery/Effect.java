package dev.sluice.bigquery;

import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.Fence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One idempotent change to BigQuery, before it happens.
 *
 * @param key decides the BigQuery job id
 * @param runId the run that asks, for the ledger and the job's labels
 * @param fence verified before each submission and before its end is recorded
 * @param tier the deadline's tier
 * @param limit how long the caller waits for the whole effect, retries and polling included
 * @param cancellable whether {@code jobs.cancel} is requested when the deadline passes
 * @param org the tenant whose data it changes, for whoever observes; null if it is nobody's
 */
public record Effect(
        EffectKey key,
        long runId,
        Fence fence,
        Tier tier,
        Duration limit,
        boolean cancellable,
        @Nullable String org) {}
