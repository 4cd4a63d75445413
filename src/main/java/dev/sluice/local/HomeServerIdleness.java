package dev.sluice.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Decides when a server has been of no use for long enough. Once it is over, nobody may enter. Thread-safe. */
final class HomeServerIdleness {

    private final Duration patience;
    private final ScheduledExecutorService scheduler;
    private final CountDownLatch over = new CountDownLatch(1);
    private int inside;
    private @Nullable ScheduledFuture<?> end;

    /** @param patience how long nobody may be inside; zero or less means for ever */
    HomeServerIdleness(Duration patience, ScheduledExecutorService scheduler) {
        this.patience = patience;
        this.scheduler = scheduler;
    }

    /** Starts counting. */
    synchronized void start() {
        if (inside == 0 && patience.toMillis() > 0) {
            end = scheduler.schedule(this::endIfEmpty, patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** False if it is too late. */
    synchronized boolean enter() {
        if (isOver()) {
            return false;
        }
        inside++;
        if (end != null) {
            end.cancel(false);
        }
        return true;
    }

    synchronized void leave() {
        inside--;
        start();
    }

    private synchronized void endIfEmpty() {
        if (inside == 0) {
            over.countDown();
        }
    }

    /** Ends it for another reason, such as a signal. */
    void endNow() {
        over.countDown();
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    void awaitEnd() throws InterruptedException {
        over.await();
    }
}
