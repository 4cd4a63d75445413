package dev.sluice.kill;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at what other processes do, again and again. */
final class Waiting {

    private static final long LOOK_MILLIS = 50;

    private Waiting() {}

    /** @return whether it came to hold in time */
    static boolean upTo(long millis, Callable<Boolean> condition) throws Exception {
        var never = new CountDownLatch(1);
        long began = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(millis)) {
                return false;
            }
            never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return true;
    }
}
