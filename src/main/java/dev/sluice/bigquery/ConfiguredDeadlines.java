package dev.sluice.bigquery;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Deadlines with the configured limits. */
final class ConfiguredDeadlines implements Deadlines {

    private final BigQueryProperties.Tiers tiers;
    private final LongSupplier nanoTime;

    ConfiguredDeadlines(BigQueryProperties.Tiers tiers, LongSupplier nanoTime) {
        this.tiers = tiers;
        this.nanoTime = nanoTime;
    }

    @Override
    public Deadline start(Tier tier) {
        return start(tier, tiers.of(tier));
    }

    @Override
    public Deadline start(Tier tier, Duration limit) {
        return new RunningDeadline(tier, limit, nanoTime);
    }
}
