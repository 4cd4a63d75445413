package dev.sluice.home;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lets time pass between two looks at something.
 *
 * @param nanos how much has passed since some moment
 */
record Waiter(Consumer<Duration> pausing, LongSupplier nanos) {

    /** Real time. */
    static Waiter parking() {
        return new Waiter(time -> LockSupport.parkNanos(time.toNanos()), System::nanoTime);
    }

    void pause(Duration time) {
        pausing.accept(time);
    }
}
