package dev.sluice.local;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What ends a home server before it is idle: a signal, or the end of its standard input. */
final class HomeServerEnd {

    private static final long CLOSING_SECONDS = 20;

    private final CountDownLatch closed = new CountDownLatch(1);

    /** All is closed. */
    void reached() {
        closed.countDown();
    }

    /** This process goes on after a signal until all is closed. */
    void onSignal(HomeServerIdleness idleness) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeWithin(idleness), "closing"));
    }

    private void closeWithin(HomeServerIdleness idleness) {
        idleness.endNow();
        try {
            closed.await(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever started this one holds its input open. */
    void withInput(HomeServerIdleness idleness) {
        var watcher = new Thread(() -> awaitEndOfInput(idleness), "input-watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void awaitEndOfInput(HomeServerIdleness idleness) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // a broken input has ended, too
        }
        idleness.endNow();
    }
}
