package dev.sluice.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Calls to a local BigQuery of its own, in a folder that it removes, while nobody calls the one that is served: what answers
 * calls is loaded and compiled when the first one comes, which would take ten times as long as the thousandth. It ends when
 * it has made its calls, when others call, or when it is closed, which waits for that. Thread-safe.
 */
final class Rehearsal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
    private static final int ROUNDS = 400;

    /** Less than the quotas allow, and time for the compiler. */
    private static final long PAUSE_MILLIS = 5;

    /** Loads of less memory read their files in another way. */
    private static final String MEMORY = "256MB";

    private static final long CLOSE_SECONDS = 10;

    private final Path folder;
    private final Clock clock;
    private final BooleanSupplier isWanted;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger rounds = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "rehearsal");

    private Rehearsal(Path folder, Clock clock, BooleanSupplier isWanted) {
        this.folder = folder;
        this.clock = clock;
        this.isWanted = isWanted;
        thread.setDaemon(true);
    }

    /**
     * Begins, on a thread of its own.
     *
     * @param folder that nobody else uses; what a server has left there that was killed is removed
     * @param isWanted false once others call
     */
    static Rehearsal begin(Path folder, Clock clock, BooleanSupplier isWanted) {
        var rehearsal = new Rehearsal(folder, clock, isWanted);
        rehearsal.thread.start();
        return rehearsal;
    }

    private void run() {
        try {
            FileSystemUtils.deleteRecursively(folder);
            if (isWanted.getAsBoolean()) {
                call();
            }
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException | RuntimeException e) {
            log.warn("cannot rehearse, so that the first calls take longer: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call() throws IOException, InterruptedException {
        String token = HomeServerTokens.fresh();
        LocalSettings settings = LocalSettings.defaults().withMemoryLimit(MEMORY);
        try (var stage = LocalBigQuery.open(folder, 0, token, clock, settings)) {
            var calls = new RehearsalCalls(stage.url(), token, settings.projectId());
            calls.prepare();
            while (rounds.get() < ROUNDS
                    && isWanted.getAsBoolean()
                    && !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                calls.round(rounds.getAndIncrement());
            }
        }
    }

    /** How many have begun. */
    int rounds() {
        return rounds.get();
    }

    /** Waits for its end, or for so long. */
    void await(long millis) throws InterruptedException {
        thread.join(millis);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            await(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
