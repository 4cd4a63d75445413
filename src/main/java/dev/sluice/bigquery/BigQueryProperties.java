package dev.sluice.bigquery;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How to reach BigQuery and how long to wait for it.
 *
 * @param endpoint root URL; null means Google's
 * @param token bearer token for the endpoint; null means application-default credentials
 * @param poolSize connections at most
 * @param connectTimeout for a connection, and for a free place in the pool
 * @param silence how long an exchange may hear nothing before it is given up and, while its deadline lasts, made anew
 * @param closeGrace how long operations may go on when the process ends, before they are cut
 * @param gate how many requests are sent
 * @param quotaPause how long to leave BigQuery alone once a quota is used up, unless it says itself
 * @param maximumBytesBilled by one query, by tier; BigQuery refuses, unbilled, what would cost more
 * @param tiers how long a caller waits, by tier
 */
@ConfigurationProperties("sluice.bigquery")
record BigQueryProperties(
        @Nullable URI endpoint,
        @Nullable String token,
        @DefaultValue("500") int poolSize,
        @DefaultValue("60s") Duration connectTimeout,
        @DefaultValue("60s") Duration silence,
        @DefaultValue("5s") Duration closeGrace,
        @DefaultValue GateLimits gate,
        @DefaultValue("10m") Duration quotaPause,
        @DefaultValue MaximumBytesBilled maximumBytesBilled,
        @DefaultValue Tiers tiers) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    BigQueryProperties {
        if ((endpoint == null) != (token == null || token.isBlank())) {
            throw new IllegalArgumentException(
                    "set sluice.bigquery.endpoint and sluice.bigquery.token together or not at all");
        }
        if (poolSize < 1) {
            throw new IllegalArgumentException("sluice.bigquery.pool-size: %d is not positive".formatted(poolSize));
        }
        requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(1), LONGEST);
        requireBetween("silence", silence, SHORTEST, LONGEST);
        requireBetween("close-grace", closeGrace, Duration.ZERO, LONGEST);
        requireBetween("quota-pause", quotaPause, SHORTEST, LONGEST_PAUSE);
    }

    private static void requireBetween(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("sluice.bigquery.%s: %d ms is not between %d ms and %d h"
                    .formatted(key, value.toMillis(), least.toMillis(), most.toHours()));
        }
    }

    record Tiers(
            @DefaultValue("10s") Duration auth,
            @DefaultValue("30s") Duration user,
            @DefaultValue("60s") Duration integration,
            @DefaultValue("300s") Duration batch,
            @DefaultValue("300s") Duration onboarding) {

        Tiers {
            for (Duration limit : new Duration[] {auth, user, integration, batch, onboarding}) {
                requireBetween("tiers", limit, SHORTEST, LONGEST);
            }
        }

        Duration of(Tier tier) {
            return switch (tier) {
                case AUTH -> auth;
                case USER -> user;
                case INTEGRATION -> integration;
                case BATCH -> batch;
                case ONBOARDING -> onboarding;
            };
        }
    }

    record MaximumBytesBilled(
            @DefaultValue("10GB") DataSize auth,
            @DefaultValue("100GB") DataSize user,
            @DefaultValue("100GB") DataSize integration,
            @DefaultValue("1TB") DataSize batch,
            @DefaultValue("100GB") DataSize onboarding) {

        MaximumBytesBilled {
            for (DataSize maximum : new DataSize[] {auth, user, integration, batch, onboarding}) {
                if (maximum.toBytes() <= 0) {
                    throw new IllegalArgumentException(
                            "sluice.bigquery.maximum-bytes-billed: %s is not positive".formatted(maximum));
                }
            }
        }

        long of(Tier tier) {
            DataSize maximum = switch (tier) {
                case AUTH -> auth;
                case USER -> user;
                case INTEGRATION -> integration;
                case BATCH -> batch;
                case ONBOARDING -> onboarding;
            };
            return maximum.toBytes();
        }
    }

    @Override
    public String toString() {
        return "BigQueryProperties[endpoint=%s, poolSize=%d]".formatted(endpoint, poolSize);
    }
}
