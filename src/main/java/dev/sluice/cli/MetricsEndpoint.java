package dev.sluice.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.launch.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a node tells its operators over HTTP, on loopback only: {@code /metrics} for Prometheus, and {@code /health}. */
final class MetricsEndpoint implements AutoCloseable {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int UNHEALTHY = 503;
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, MetricsEndpoint::daemon);

    private MetricsEndpoint(HttpServer server) {
        this.server = server;
    }

    /** @throws CommandFailure if the port is taken */
    static MetricsEndpoint open(int port, Supplier<String> metrics, BooleanSupplier healthy) {
        try {
            var endpoint = new MetricsEndpoint(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            endpoint.server.setExecutor(endpoint.threads);
            endpoint.server.createContext("/", exchange -> answer(exchange, metrics, healthy));
            endpoint.server.start();
            return endpoint;
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    "cannot listen on port %d: %s; choose another with --port, or 0 for any"
                            .formatted(port, e.getMessage()));
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Supplier<String> metrics, BooleanSupplier healthy)
            throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, NOT_ALLOWED, "text/plain", "use GET\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> send(exchange, OK, PROMETHEUS_TEXT, metrics.get());
                case "/health" -> health(exchange, healthy.getAsBoolean());
                default -> send(exchange, NOT_FOUND, "text/plain", "there are /metrics and /health\n");
            }
        }
    }

    private static void health(HttpExchange exchange, boolean healthy) throws IOException {
        String status = "{\"status\":\"%s\"}%n".formatted(healthy ? "UP" : "DOWN");
        send(exchange, healthy ? OK : UNHEALTHY, "application/json", status);
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "metrics");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
