package dev.sluice.bigquery;

import java.time.Duration;

/** The moment at which a caller stops waiting. Started once per operation and shared by everything it does. */
public interface Deadline {

    Tier tier();

    Duration limit();

    Duration elapsed();

    /** Never negative. */
    Duration remaining();

    boolean passed();

    /** Notes that something was done again within this time. */
    void repeated();

    int repetitions();
}
