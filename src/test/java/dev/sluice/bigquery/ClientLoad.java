package dev.sluice.bigquery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * So many callers, each on a thread of its own. In a closed loop a caller asks again as soon as he is answered. In an
 * open loop calls are due at a fixed rate, and the time that a call waits for a free caller counts.
 *
 * @param perSecond calls that are due in a second; 0 is a closed loop
 */
record ClientLoad(int callers, int calls, double perSecond) {

    static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * What came of it.
     *
     * @param late calls that ended after their deadline
     * @param fairness the slowest caller's mean by the median caller's
     */
    record Outcome(Latencies latencies, int errors, int late, double fairness, double perSecond) {}

    Outcome on(Contender contender) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(callers, DaemonThreads.named("caller"));
        long[][] times = new long[callers][calls / callers];
        var errors = new AtomicInteger();
        var ready = new CountDownLatch(callers);
        var start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            running.add(threads.submit(() -> {
                ready.countDown();
                start.await();
                call(contender, caller, times[caller], errors);
                return null;
            }));
        }
        ready.await();
        long began = System.nanoTime();
        start.countDown();
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("a caller broke down", e.getCause());
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        threads.shutdown();
        return outcome(times, errors.get(), seconds);
    }

    private void call(Contender contender, int caller, long[] times, AtomicInteger errors) throws InterruptedException {
        long began = System.nanoTime();
        for (int i = 0; i < times.length; i++) {
            long due = System.nanoTime();
            if (perSecond > 0) {
                due = began + (long) ((i * (long) callers + caller) / perSecond * 1e9);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
            try {
                contender.query(LIMIT);
            } catch (IOException | RuntimeException e) {
                errors.incrementAndGet();
            }
            times[i] = System.nanoTime() - due;
        }
    }

    private static Outcome outcome(long[][] times, int errors, double seconds) {
        long[] all = Arrays.stream(times).flatMapToLong(Arrays::stream).toArray();
        double[] means = Arrays.stream(times)
                .mapToDouble(each -> Arrays.stream(each).average().orElse(0))
                .sorted()
                .toArray();
        int late =
                (int) Arrays.stream(all).filter(time -> time > LIMIT.toNanos()).count();
        double fairness = means[means.length - 1] / means[(means.length - 1) / 2];
        return new Outcome(Latencies.of(all), errors, late, fairness, all.length / seconds);
    }
}
