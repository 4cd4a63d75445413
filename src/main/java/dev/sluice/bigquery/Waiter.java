package dev.sluice.bigquery;

import java.time.Duration;

/** Waits between polls and retries; tests replace it by one that moves their clock. */
@FunctionalInterface
interface Waiter {

    /**
     * Returns when {@code time} has passed.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void await(Duration time) throws InterruptedException;
}
