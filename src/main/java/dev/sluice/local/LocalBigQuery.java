package dev.sluice.local;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.local.fault.FaultCall;
import dev.sluice.local.fault.FaultPlan;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.sql.SqlRefused;
import dev.sluice.local.write.WriteFaults;
import dev.sluice.local.write.WriteServer;
import dev.sluice.local.write.WriteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
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
    private static final int UNAUTHORIZED = 401;
    private static final long CLOSE_SECONDS = 5;

    private static final long EXPIRY_MINUTES = 60;

    private final RestEndpoint endpoint;
    private final ScheduledExecutorService expiry;
    private final Store store;
    private final JobRunner runner;
    private final Routes routes;
    private final byte[] authorization;
    private final FaultyCalls faults;
    private final Quotas quotas;
    private @Nullable WriteServer writes;

    private LocalBigQuery(
            RestEndpoint endpoint,
            Store store,
            JobRunner runner,
            Routes routes,
            String token,
            FaultPlan plan,
            Quotas quotas,
            MovableClock clock) {
        this.quotas = quotas;
        this.endpoint = endpoint;
        this.store = store;
        this.runner = runner;
        this.routes = routes;
        this.faults = new FaultyCalls(plan, clock, this::refuse);
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
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
            LocalBigQuery local = over(store, endpoint, home, new GcsFolder(objects), token, moving, settings);
            endpoint.serve(local::handle);
            return local;
        } catch (SQLException e) {
            endpoint.stop();
            throw new IOException("cannot open the local BigQuery in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static LocalBigQuery over(
            Store store,
            RestEndpoint endpoint,
            Path home,
            GcsFolder objects,
            String token,
            MovableClock clock,
            LocalSettings settings)
            throws IOException {
        String project = settings.projectId();
        var uploads = new Uploads(store, OwnerOnly.folder(home.resolve("uploads")));
        var datasets = new Datasets(project, clock);
        var tables = new Tables(datasets, project, clock, store.commits());
        var queries = new QueryEffects(tables, project, clock, Pricing.BLOCK_BYTES);
        var buffer = new StreamingBuffer(clock);
        var quotas = new Quotas(settings.quotas(), clock);
        var lanes = new TableLanes(project, clock);
        var attempts = new Attempts(store, lanes, project);
        var effects = new Effects(
                store,
                attempts,
                new LoadEffects(tables, objects),
                queries,
                new CopyEffects(tables, clock),
                new ExtractEffects(tables, objects),
                buffer);
        var jobs = new JobStore(store, uploads, project, clock);
        FaultPlan plan = settings.faults() == null ? FaultPlan.none(clock) : settings.faults();
        var runner = new JobRunner(
                jobs,
                new JobTransactions(jobs, attempts, effects, clock),
                new JobTurns(effects, lanes, JobPools.of(settings.workers()), quotas),
                new JobFaults(plan, clock),
                clock);
        var jobsApi = new JobsApi(store, jobs, runner, effects, queries);
        var routes = new Routes(
                project,
                new DatasetsApi(store, datasets, tables),
                new TablesApi(store, tables, buffer, quotas),
                new TableDataApi(store, tables, new Streaming(tables, buffer), quotas),
                new PoliciesApi(store),
                new RowPoliciesApi(store, tables),
                jobsApi,
                new ResultsApi(store, tables, runner, jobsApi, quotas),
                new UploadsApi(jobs, runner, effects, uploads));
        var local = new LocalBigQuery(endpoint, store, runner, routes, token, plan, quotas, clock);
        uploads.removeOrphans();
        runner.resumeUnfinished();
        if (settings.writePort() != null) {
            var tablesForWrites = new StorageWrites(store, tables);
            local.serveWrites(settings.writePort(), token, tablesForWrites, new WriteFaults(plan, clock::advance));
        }
        var expirations = new Expirations(store, tables, buffer, clock);
        var unused =
                local.expiry.scheduleWithFixedDelay(expirations::removeExpired, 0, EXPIRY_MINUTES, TimeUnit.MINUTES);
        return local;
    }

    private void serveWrites(int port, String token, WriteStore tables, WriteFaults writeFaults) throws IOException {
        try {
            writes = WriteServer.open(port, token, tables, writeFaults);
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

    private void handle(HttpExchange http) throws IOException {
        var exchange = new Exchange(http);
        try (http) {
            try {
                requireToken(exchange);
                FaultCall call = CallKinds.call(exchange.method(), exchange.path());
                if (faults.mayGoOn(exchange, call)) {
                    quotas.request(call);
                    exchange.delivery().deliver(() -> routes.handle(exchange, url()));
                }
            } catch (ApiError e) {
                exchange.answer(e.status(), e.body());
            } catch (SqlRefused e) {
                ApiError error = ApiError.of(e);
                exchange.answer(error.status(), error.body());
            } catch (RuntimeException e) {
                log.error("cannot answer {} {}", exchange.method(), exchange.path(), e);
                ApiError error = ApiError.internal("see its log");
                exchange.answer(error.status(), error.body());
            }
        }
    }

    private void refuse(Duration length) {
        endpoint.refuse(length, this::handle, expiry);
    }

    private void requireToken(Exchange exchange) {
        String given = exchange.header("Authorization");
        byte[] bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(authorization, bytes)) {
            throw new ApiError(UNAUTHORIZED, "authError", "Request had invalid authentication credentials");
        }
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
