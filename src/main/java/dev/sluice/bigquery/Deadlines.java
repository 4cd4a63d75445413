package dev.sluice.bigquery;

import java.time.Duration;

/** Starts deadlines with the configured limits. Thread-safe. */
public interface Deadlines {

    Deadline start(Tier tier);

    /** For a BigQuery job that is meant to be long and declares its own {@code jobTimeout}. */
    Deadline start(Tier tier, Duration limit);
}
