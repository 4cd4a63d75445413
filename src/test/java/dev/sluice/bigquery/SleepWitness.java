package dev.sluice.bigquery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread that only sleeps: where it woke late, the machine was late, and what a test measured there says nothing. */
final class SleepWitness implements AutoCloseable {

    private static final Duration NAP = Duration.ofMillis(5);
    private static final Duration LATE = Duration.ofMillis(100);

    private final List<Span> late = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Span(long from, long to) {}

    SleepWitness() {
        DaemonThreads.named("sleep-witness").newThread(this::sleep).start();
    }

    private void sleep() {
        try {
            long from = System.nanoTime();
            while (!closed.await(NAP.toMillis(), TimeUnit.MILLISECONDS)) {
                long to = System.nanoTime();
                if (to - from > NAP.plus(LATE).toNanos()) {
                    late.add(new Span(from, to));
                }
                from = to;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was over 100 ms late between two readings of {@link System#nanoTime()}. */
    boolean wasLate(long from, long to) {
        return late.stream().anyMatch(span -> span.from() < to && span.to() > from);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
