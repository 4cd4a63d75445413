package dev.sluice.bigquery;

/** How long a caller may wait for one remote operation; the limits are in {@code sluice.bigquery.tiers}. */
public enum Tier {
    AUTH,
    USER,
    INTEGRATION,
    BATCH,
    ONBOARDING
}
