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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Whether a run still wants what it waits for: it has its lease, and nobody has asked it to stop. Whatever reads much, or may
 * not answer, is done on another thread and waited for here. Thread-safe.
 *
 * @param source what is read, for people
 */
public record StillWanted(Fence fence, String source) {

    private static final Logger log = LoggerFactory.getLogger(StillWanted.class);
    private static final long SECONDS_BETWEEN_LOOKS = 1;
    private static final long MILLIS_TO_END = 30_000;

    /**
     * Blocks until the work is done or nobody wants it any more, which is noticed within a second and the ledger's query
     * timeout. Whoever began it cancels it then. A ledger that does not answer is asked again.
     *
     * @throws StopRequested if the run is to stop
     * @throws dev.sluice.ledger.LeaseLost if it has lost its lease
     * @throws IOException or an unchecked exception, as the work
     */
    public <T extends @Nullable Object> T await(Future<T> work) throws IOException {
        boolean answered = true;
        // ends with the work, the lease or the run
        while (true) {
            try {
                return work.get(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                answered = require(answered);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while %s was read".formatted(source));
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    /** @return whether the ledger has answered; if not, that is borne: whoever changes something asks it again before */
    private boolean require(boolean answeredBefore) {
        boolean answered = true;
        try {
            fence.verify();
        } catch (DataAccessException | TransactionException e) {
            answered = false;
            if (answeredBefore) {
                log.warn("cannot look at the lease while {} is read, which goes on: {}", source, e.getMessage());
            }
        }
        if (fence.stopRequested()) {
            throw new StopRequested(
                    "the run was asked to stop while %s was read; restart resumes it".formatted(source));
        }
        return answered;
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
     * Does it on a thread of its own, which is interrupted if nobody wants it any more, and waited for, 30 s at most.
     *
     * @throws IllegalStateException if it does not end by then
     * @throws IOException or an unchecked exception, as {@link #await}
     */
    public <T extends @Nullable Object> T call(String threadName, Callable<T> work) throws IOException {
        var task = new FutureTask<>(work);
        var thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
        try {
            return await(task);
        } catch (IOException | RuntimeException | Error e) {
            task.cancel(true);
            requireEnd(thread, MILLIS_TO_END, e);
            throw e;
        }
    }

    /** Waits even if it has been interrupted, which it says again afterwards. */
    static void requireEnd(Thread thread, long millis, Throwable why) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("reading does not end; a source file does not answer", why);
        }
    }
}
