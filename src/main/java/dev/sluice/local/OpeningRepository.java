package dev.sluice.local;

import dev.sluice.home.HomeFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The repository while it opens, in a thread of its own: it takes as long as the local BigQuery, and knows nothing of it. */
final class OpeningRepository implements AutoCloseable {

    private final FutureTask<HomeServerRepository> opening;

    private OpeningRepository(FutureTask<HomeServerRepository> opening) {
        this.opening = opening;
    }

    /** See {@link HomeServerRepository#open}. */
    static OpeningRepository begin(HomeFolder folder, String password, Path root) {
        var opening = new FutureTask<>(() -> HomeServerRepository.open(folder, password, root));
        new Thread(opening, "repository-opening").start();
        return new OpeningRepository(opening);
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

    /** Of what has been opened; waits for it. */
    @Override
    public void close() throws SQLException {
        try {
            opening.get().close();
        } catch (ExecutionException e) {
            // nothing was opened, and whoever waited for it knows why
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
