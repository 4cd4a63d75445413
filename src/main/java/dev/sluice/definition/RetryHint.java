package dev.sluice.definition;

import java.time.Duration;

/** An exception whose cause passes by itself, after some time. */
public interface RetryHint {

    /** For how long it makes no sense to restart the run that it ended. */
    Duration pause();
}
