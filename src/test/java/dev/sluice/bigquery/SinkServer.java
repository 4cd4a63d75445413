package dev.sluice.bigquery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What clients are measured against, in a process of its own: fixed answers, results after a fixed time. */
final class SinkServer {

    private static final int BACKLOG = 4096;
    private static final byte[] RESULT = """
            {"jobComplete": true, "totalRows": "1", "totalBytesProcessed": "0", "cacheHit": false,
             "rows": [{"f": [{"v": "1"}]}], "schema": {"fields": [{"name": "n", "type": "INTEGER"}]}}""".getBytes(StandardCharsets.UTF_8);

    private static final byte[] STATISTICS = """
            {"configuration": {}, "status": {"state": "DONE"}, "statistics": {"totalSlotMs": "1", "totalBytesProcessed": "0",
             "query": {"totalBytesBilled": "0"}}}""".getBytes(StandardCharsets.UTF_8);

    private final AtomicLong jobs = new AtomicLong();
    private final long serviceNanos;

    private SinkServer(long serviceNanos) {
        this.serviceNanos = serviceNanos;
    }

    /** @param arguments milliseconds until a result is there; prints the URL and serves until standard input ends */
    public static void main(String[] arguments) throws IOException {
        var sink = new SinkServer((long) (Double.parseDouble(arguments[0]) * 1e6));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(Executors.newCachedThreadPool(DaemonThreads.named("sink")));
        server.createContext("/", sink::answer);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
            byte[] answer =
                    answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private byte[] answer(String method, String path) {
        if (method.equals("POST")) {
            return submitted();
        }
        if (path.contains("/jobs/")) {
            return STATISTICS;
        }
        long until = System.nanoTime() + serviceNanos;
        for (long left = serviceNanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return RESULT;
    }

    private byte[] submitted() {
        return "{\"jobReference\": {\"projectId\": \"p\", \"jobId\": \"job-%d\"}}"
                .formatted(jobs.incrementAndGet())
                .getBytes(StandardCharsets.UTF_8);
    }
}
