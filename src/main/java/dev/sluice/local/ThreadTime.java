package dev.sluice.local;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * Processor time of a thread since a moment; others may ask for it, too.
 *
 * @param before that moment, in nanoseconds of the thread's time
 */
record ThreadTime(long thread, long before) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Of this thread, from now on. */
    static ThreadTime start() {
        return new ThreadTime(Thread.currentThread().getId(), THREADS.getCurrentThreadCpuTime());
    }

    /** Less than nothing if the thread has ended. */
    Duration spent() {
        return Duration.ofNanos(THREADS.getThreadCpuTime(thread) - before);
    }
}
