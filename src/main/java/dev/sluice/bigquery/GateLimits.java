package dev.sluice.bigquery;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests this process sends to BigQuery; it refuses more than 300 at once and 100 a second of one API method
 * from one user.
 *
 * @param concurrent requests at once
 * @param perSecond requests of one API method in any second
 * @param backgroundPercent of both, what work of the tiers BATCH and ONBOARDING may take
 */
record GateLimits(
        @DefaultValue("280") int concurrent,
        @DefaultValue("90") int perSecond,
        @DefaultValue("50") int backgroundPercent) {

    private static final int PERCENT = 100;

    GateLimits {
        if (concurrent < 1 || perSecond < 1 || backgroundPercent < 1 || backgroundPercent > PERCENT) {
            throw new IllegalArgumentException(
                    "sluice.bigquery.gate: concurrent and per-second must be at least 1, background-percent from 1 to 100");
        }
    }

    int backgroundConcurrent() {
        return share(concurrent);
    }

    int backgroundPerSecond() {
        return share(perSecond);
    }

    private int share(int all) {
        return Math.max(1, all * backgroundPercent / PERCENT);
    }
}
