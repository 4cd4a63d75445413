package dev.sluice.item;

import dev.sluice.ledger.Fence;
import dev.sluice.ledger.StopRequested;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run still wants what it waits for: it has its lease, and nobody has asked it to stop. Whatever reads much, or may
 * not answer, is done on another thread and waited for here. Thread-safe.
 *
 * @param source what is read, for people
 */
public record StillWanted(Fence fence, String source) {

    private static final long SECONDS_BETWEEN_LOOKS = 1;
    private static final long MILLIS_TO_END = 30_000;

    /**
     * Blocks until the work is done or nobody wants it any more, which is noticed within a second and the ledger's query
     * timeout. Whoever began it cancels it then.
     *
     * @throws StopRequested if the run is to stop
     * @throws dev.sluice.ledger.LeaseLost if it has lost its lease
     * @throws IOException or an unchecked exception, as the work
     */
    public <T extends @Nullable Object> T await(Future<T> work) throws IOException {
        // ends with the work, the lease or the run
        while (true) {
            try {
                return work.get(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                require();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while %s was read".formatted(source));
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    private void require() {
        fence.verify();
        if (fence.stopRequested()) {
            throw new StopRequested(
                    "the run was asked to stop while %s was read; restart resumes it".formatted(source));
        }
    }

    private static IOException failure(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    /**
     * Does it on a thread of its own, which is interrupted if nobody wants it any more, and waited for in any case, 30 s at
     * most.
     *
     * @throws IOException or an unchecked exception, as {@link #await}
     */
    public <T extends @Nullable Object> T call(String threadName, Callable<T> work) throws IOException {
        var task = new FutureTask<>(work);
        var thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
        try {
            return await(task);
        } finally {
            task.cancel(true);
            awaitEnd(thread);
        }
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(MILLIS_TO_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
