package dev.sluice.local.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that a fault demands, which end with the server. Thread-safe. */
public final class FaultPauses implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    /** @return whether the server has been closed in between */
    public boolean pause(Duration length) {
        try {
            return closed.await(length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
