package dev.sluice.home;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets time pass between two looks at something. */
interface Waiter {

    void pause(Duration time);

    /** Real time. */
    static Waiter parking() {
        return time -> LockSupport.parkNanos(time.toNanos());
    }
}
