package dev.sluice.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries and loads against a server of its own process; for {@code scripts/bench/local}. */
final class LocalBenchmark {

    private static final int WARM_UP = 200;
    private static final int QUERIES = 1000;
    private static final int CALLERS = 32;
    private static final long MOST_SECONDS = 20;
    private static final int ROUNDS = 3;
    private static final long POLL_MILLIS = 20;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String COLUMNS =
            "audit_id STRING,org_slug STRING,user_id STRING,action STRING,resource_type STRING,resource_id STRING,"
                    + "details JSON,ip_address STRING,user_agent STRING,request_id STRING,status STRING,created_at TIMESTAMP";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String project;
    private final String token;

    private LocalBenchmark(String url, String token) {
        this.project = url + "/bigquery/v2/projects/sluice-local";
        this.token = token;
    }

    /** @param args the server's address, its file with the token, NDJSON that it knows as gs://bench/audit.json, a new file */
    public static void main(String[] args) throws Exception {
        String token = JsonMapper.shared()
                .readTree(Files.readString(Path.of(args[1])))
                .path("token")
                .asString();
        var benchmark = new LocalBenchmark(args[0], token);
        benchmark.queries();
        benchmark.loads(Path.of(args[2]), Path.of(args[3]));
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(project + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofMinutes(10))
                .build();
        JsonNode answer = JsonMapper.shared()
                .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
        if (answer.has("error")) {
            throw new IllegalStateException(answer.path("error").path("message").asString());
        }
        return answer;
    }

    private long query() throws IOException, InterruptedException {
        long began = System.nanoTime();
        send("POST", "/queries", "{\"query\":\"SELECT 1 AS one\",\"useLegacySql\":false,\"useQueryCache\":false}");
        return System.nanoTime() - began;
    }

    private void queries() throws Exception {
        times(1, WARM_UP);
        long[] alone = times(1, QUERIES);
        double middle = alone[alone.length / 2] / NANOS_PER_MILLI;
        double slow = alone[alone.length * 95 / 100] / NANOS_PER_MILLI;
        line(
                "trivial query, 1 caller",
                "p50 <= 8 ms, p95 <= 20 ms",
                "p50 %.1f ms, p95 %.1f ms (%,d queries)".formatted(middle, slow, alone.length),
                middle <= 8 && slow <= 20);
        long began = System.nanoTime();
        int count = times(CALLERS, QUERIES * 2).length;
        double rate = count / ((System.nanoTime() - began) / NANOS_PER_MILLI / 1000);
        line("trivial query, %d callers".formatted(CALLERS), ">= 250/s", "%.0f/s".formatted(rate), rate >= 250);
    }

    private static void line(String what, String promised, String found, boolean met) {
        System.out.printf("| %s | %s | %s | %s |%n", what, promised, found, met ? "met" : "NOT met");
    }

    /** Sorted; fewer if they take too long, as on a machine that is busy. */
    private long[] times(int callers, int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        var left = new AtomicInteger(count);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        Callable<LongStream> caller = () -> {
            LongStream.Builder times = LongStream.builder();
            while (left.getAndDecrement() > 0 && System.nanoTime() < until) {
                times.add(query());
            }
            return times.build();
        };
        try {
            LongStream times = LongStream.empty();
            for (Future<LongStream> each : threads.invokeAll(Collections.nCopies(callers, caller))) {
                times = LongStream.concat(times, each.get());
            }
            return times.sorted().toArray();
        } finally {
            threads.shutdown();
        }
    }

    /** In turns, and the medians. */
    private void loads(Path file, Path database) throws Exception {
        send("POST", "/datasets", "{\"datasetReference\":{\"datasetId\":\"bench\"}}");
        double[] ours = new double[ROUNDS];
        double[] alone = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            alone[i] = duckDb(file, database, i);
            ours[i] = load(i);
        }
        Arrays.sort(ours);
        Arrays.sort(alone);
        double median = ours[ROUNDS / 2];
        double reference = alone[ROUNDS / 2];
        line(
                "load of %,d MB of audit rows".formatted(Files.size(file) >> 20),
                "<= 1.50 x DuckDB",
                "%.1f s, DuckDB alone %.1f s: %.2f x".formatted(median, reference, median / reference),
                median <= 1.5 * reference);
    }

    private double load(int round) throws Exception {
        List<String> fields = Arrays.stream(COLUMNS.split(",", -1))
                .map(column -> "{\"name\":\"%s\",\"type\":\"%s\"}".formatted((Object[]) column.split(" ", -1)))
                .toList();
        String job = """
                {"jobReference":{"jobId":"load_%d"},"configuration":{"load":{"sourceUris":["gs://bench/audit.json"],
                "sourceFormat":"NEWLINE_DELIMITED_JSON","schema":{"fields":[%s]},
                "destinationTable":{"datasetId":"bench","tableId":"audit_%1$d"}}}}""".formatted(round, String.join(",", fields));
        long began = System.nanoTime();
        JsonNode state = send("POST", "/jobs", job);
        while (!state.path("status").path("state").asString().equals("DONE")) {
            new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
            state = send("GET", "/jobs/load_" + round, "");
        }
        if (state.path("status").has("errorResult")) {
            throw new IllegalStateException(
                    state.path("status").path("errorResult").toString());
        }
        return (System.nanoTime() - began) / NANOS_PER_MILLI / 1000;
    }

    private static double duckDb(Path file, Path database, int round) throws SQLException {
        String types = COLUMNS.replaceAll("(\\w+) (\\w+),?", "$1: '$2', ")
                .replace("'STRING'", "'VARCHAR'")
                .replace("'TIMESTAMP'", "'TIMESTAMPTZ'");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                var statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '1GB'");
            long began = System.nanoTime();
            statement.execute(
                    "CREATE TABLE audit_%d AS SELECT * FROM read_json('%s', format = 'newline_delimited', columns = {%s})"
                            .formatted(round, file, types.substring(0, types.length() - 2)));
            return (System.nanoTime() - began) / NANOS_PER_MILLI / 1000;
        }
    }
}
