package dev.sluice.local;

import dev.sluice.home.HomeFolder;
import dev.sluice.home.ServerProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The repository while it opens, in a thread of its own: it takes as long as the local BigQuery, and knows nothing of it. */
final class OpeningRepository implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OpeningRepository.class);
    private static final long CLOSING_SECONDS = 20;

    private final CompletableFuture<HomeServerRepository> opening = new CompletableFuture<>();

    private OpeningRepository() {}

    /** See {@link HomeServerRepository#open}. */
    static OpeningRepository begin(HomeFolder folder, String password, Path root, ServerProgram program) {
        return begin(() -> HomeServerRepository.open(folder, password, root, program));
    }

    static OpeningRepository begin(Callable<HomeServerRepository> open) {
        var repository = new OpeningRepository();
        new Thread(() -> repository.open(open), "repository-opening").start();
        return repository;
    }

    private void open(Callable<HomeServerRepository> open) {
        try {
            HomeServerRepository repository = open.call();
            if (!opening.complete(repository)) {
                repository.close();
            }
        } catch (Exception | Error e) {
            if (!opening.completeExceptionally(e)) {
                log.warn("the repository was needed no more when it failed: {}", e.getMessage());
            }
        }
    }

    HomeServerRepository await() throws IOException, SQLException, InterruptedException {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof SQLException problem) {
                throw problem;
            }
            if (cause instanceof IOException problem) {
                throw problem;
            }
            throw new IllegalStateException(cause == null ? e.getMessage() : cause.getMessage(), cause);
        }
    }

    /**
     * Closes what has been opened; waits for it, but for 20 s at most and not if this thread is interrupted. Then it is
     * closed as soon as it is open.
     */
    @Override
    public void close() throws SQLException {
        try {
            opening.get(CLOSING_SECONDS, TimeUnit.SECONDS).close();
        } catch (ExecutionException e) {
            // nothing was opened, and whoever waited for it knows why
        } catch (TimeoutException e) {
            abandon();
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
        }
    }

    private void abandon() throws SQLException {
        if (!opening.cancel(false) && !opening.isCompletedExceptionally()) {
            opening.join().close();
        }
    }
}
