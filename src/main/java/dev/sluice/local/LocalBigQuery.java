package dev.sluice.local;

import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.write.WriteServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * BigQuery's REST interface and its Storage Write API over one DuckDB file, for unmodified Google clients, on loopback. What it does not do it
 * refuses. Accepted jobs and their bytes are durable; unfinished ones run again under their ids after a crash.
 */
public final class LocalBigQuery implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalBigQuery.class);
    private static final long CLOSE_SECONDS = 5;

    private static final long EXPIRY_MINUTES = 60;

    private final RestEndpoint endpoint;
    private final ScheduledExecutorService expiry;
    private final Store store;
    private final JobRunner runner;
    private final FaultyCalls faults;
    private final RestRequests requests;
    private @Nullable WriteServer writes;

    private LocalBigQuery(RestEndpoint endpoint, LocalWiring wiring, String token) {
        this.endpoint = endpoint;
        this.store = wiring.store();
        this.runner = wiring.runner();
        this.faults = new FaultyCalls(wiring.plan(), wiring.clock(), this::refuse);
        this.requests = wiring.requests(token, faults, url());
        this.expiry = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "local-expiry"));
    }

    /**
     * Opens a folder, or creates what is missing in it, and begins to answer.
     *
     * @param port 0 for any
     * @param token that every request must carry
     */
    public static LocalBigQuery open(Path folder, int port, String token, Clock clock, LocalSettings settings)
            throws IOException {
        Path home = OwnerOnly.folder(folder.toAbsolutePath());
        RestEndpoint endpoint = RestEndpoint.bind(port);
        try {
            Path chosen = settings.gcsFolder();
            Path objects = OwnerOnly.folder((chosen == null ? home.resolve("gcs") : chosen).toAbsolutePath());
            var moving = new MovableClock(clock);
            Store store = Store.open(home, List.of(home.resolve("uploads"), objects), settings.memoryLimit(), moving);
            var wiring = new LocalWiring(store, home, new GcsFolder(objects), moving, settings);
            var local = new LocalBigQuery(endpoint, wiring, token);
            local.begin(wiring, settings.writePort(), token);
            return local;
        } catch (SQLException e) {
            endpoint.stop();
            throw new IOException("cannot open the local BigQuery in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private void begin(LocalWiring wiring, @Nullable Integer writePort, String token) throws IOException {
        wiring.uploads().removeOrphans();
        runner.start();
        if (writePort != null) {
            serveWrites(wiring, writePort, token);
        }
        var expirations = wiring.expirations();
        var unused = expiry.scheduleWithFixedDelay(expirations::removeExpired, 0, EXPIRY_MINUTES, TimeUnit.MINUTES);
        endpoint.serve(requests::handle);
    }

    private void serveWrites(LocalWiring wiring, int port, String token) throws IOException {
        try {
            writes = WriteServer.open(port, token, wiring.storageWrites(), wiring.writeFaults());
        } catch (IOException e) {
            close();
            throw new IOException(
                    "cannot serve the Storage Write API on port %d: %s".formatted(port, e.getMessage()), e);
        }
    }

    public int port() {
        return endpoint.port();
    }

    /**
     * Host and port of the Storage Write API.
     *
     * @throws IllegalStateException if it is not served
     */
    public String writeAddress() {
        if (writes == null) {
            throw new IllegalStateException("the Storage Write API is not served");
        }
        return "127.0.0.1:" + writes.port();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Whether a request has come. */
    boolean isAsked() {
        return requests.isAsked();
    }

    private void refuse(Duration length) {
        endpoint.refuse(length, requests::handle, expiry);
    }

    /** When this returns, nothing changes any more. */
    @Override
    public void close() {
        faults.close();
        if (writes != null) {
            writes.close();
        }
        endpoint.stop();
        expiry.shutdownNow();
        try {
            runner.close();
            expiry.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            endpoint.awaitEnd();
            store.close();
        } catch (SQLException e) {
            log.warn("cannot close the local BigQuery's store: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
