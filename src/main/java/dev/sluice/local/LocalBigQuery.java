package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.local.sql.SqlRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * BigQuery's REST interface over one DuckDB file, for unmodified Google clients, on loopback. What it does not do it
 * refuses. Accepted jobs and their bytes are durable; unfinished ones run again under their ids after a crash.
 */
public final class LocalBigQuery implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalBigQuery.class);
    private static final int REQUEST_THREADS = 32;
    private static final int UNAUTHORIZED = 401;

    private final HttpServer server;
    private final ExecutorService requests = Executors.newFixedThreadPool(REQUEST_THREADS);
    private final Store store;
    private final JobRunner runner;
    private final Api api;
    private final JobsApi jobsApi;
    private final byte[] authorization;

    private LocalBigQuery(
            HttpServer server, Store store, String token, Clock clock, LocalSettings settings, Path uploads) {
        this.server = server;
        this.store = store;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        var tables = new Tables(settings.projectId(), clock);
        var queries = new QueryEffects(tables, settings.projectId());
        var jobs = new JobStore(store, settings.projectId(), clock);
        this.runner = new JobRunner(store, jobs, new Effects(tables, queries), clock, settings.workers());
        this.api = new Api(store, tables);
        this.jobsApi =
                new JobsApi(store, new JobsApi.Parts(tables, queries, jobs, runner, new Uploads(store, uploads)));
    }

    /**
     * Opens a folder, or creates what is missing in it, and begins to answer.
     *
     * @param port 0 for any
     * @param token that every request must carry
     */
    public static LocalBigQuery open(Path folder, int port, String token, Clock clock, LocalSettings settings)
            throws IOException {
        Path uploads = Files.createDirectories(folder.resolve("uploads"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        try {
            Store store = Store.open(folder.toAbsolutePath(), settings.memoryLimit());
            var local = new LocalBigQuery(server, store, token, clock, settings, uploads.toAbsolutePath());
            local.runner.resumeUnfinished();
            server.createContext("/", local::handle);
            server.setExecutor(local.requests);
            server.start();
            return local;
        } catch (SQLException e) {
            server.stop(0);
            throw new IOException("cannot open the local BigQuery in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    private void handle(HttpExchange http) throws IOException {
        var exchange = new Exchange(http);
        try (http) {
            try {
                requireToken(exchange);
                route(exchange, exchange.path());
            } catch (ApiError e) {
                exchange.answer(status(e), error(status(e), e.reason(), String.valueOf(e.getMessage())));
            } catch (SqlRefused e) {
                exchange.answer(400, error(400, e.reason(), String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                log.error("cannot answer {} {}", exchange.method(), exchange.path(), e);
                exchange.answer(500, error(500, "internalError", "The local BigQuery failed; see its log"));
            }
        }
    }

    private static int status(ApiError e) {
        return e.status() == 200 ? 400 : e.status();
    }

    private void requireToken(Exchange exchange) {
        String given = exchange.header("Authorization");
        byte[] bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(authorization, bytes)) {
            throw new ApiError(UNAUTHORIZED, "authError", "Request had invalid authentication credentials");
        }
    }

    /** {@code [upload/]bigquery/v2/projects/<project>/<collection>/…}. */
    private void route(Exchange exchange, List<String> path) throws IOException {
        if (path.size() == 6 && path.get(0).equals("upload") && path.get(5).equals("jobs")) {
            if (exchange.method().equals("PUT")) {
                jobsApi.upload(exchange);
                return;
            }
            jobsApi.beginUpload(exchange, url());
            return;
        }
        if (path.size() < 5 || !path.get(0).equals("bigquery")) {
            throw ApiError.notFound("URL /" + String.join("/", path));
        }
        List<String> rest = path.subList(5, path.size());
        switch (path.get(4)) {
            case "datasets" -> api.datasets(exchange, rest);
            case "jobs" -> jobsApi.jobs(exchange, rest);
            case "queries" -> {
                if (rest.size() != 1) {
                    throw ApiError.unsupported("jobs.query; insert a job");
                }
                jobsApi.results(exchange, rest.get(0));
            }
            default -> throw ApiError.unsupported(path.get(4));
        }
    }

    private static GenericJson error(int code, String reason, String message) {
        var error = new GenericJson();
        error.put(
                "error",
                Map.of(
                        "code", code,
                        "message", message,
                        "errors", List.of(Map.of("reason", reason, "domain", "global", "message", message)),
                        "status", reason));
        return error;
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
        try {
            runner.close();
            store.close();
        } catch (SQLException e) {
            log.warn("cannot close the local BigQuery's store: {}", e.getMessage());
        }
    }
}
