package dev.sluice.launch;

import java.time.Duration;

/** Waits between two looks; tests replace it. */
@FunctionalInterface
interface Waiter {

    /** Returns when {@code time} has passed, or earlier. */
    void pause(Duration time);
}
