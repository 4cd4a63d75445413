package dev.sluice.runs;

import dev.sluice.database.ManyRuns;
import dev.sluice.database.PostgresServer;
import dev.sluice.ledger.RepositoryMigration;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** How long a page of twenty runs takes, details included, and a purge's look, in a repository of many; for {@code scripts/bench/runs}. */
final class RunsBenchmark {

    private static final int PAGE = 20;
    private static final int WARM_UP = 20;
    /** As a purge's default. */
    private static final int BLOCK = 100;

    private static final long SEED = 20_261_126;

    private final long runs;
    private final int pages;
    private final Random random = new Random(SEED);

    private RunsBenchmark(long runs, int pages) {
        this.runs = runs;
        this.pages = pages;
    }

    /** @param args how many runs, how many pages of each kind, and an empty folder for H2 */
    public static void main(String[] args) throws Exception {
        var benchmark = new RunsBenchmark(Long.parseLong(args[0]), Integer.parseInt(args[1]));
        System.out.printf(
                "%,d runs, pages of %d, each kind %d times, seed %d%n", benchmark.runs, PAGE, benchmark.pages, SEED);
        System.out.println("| database | listing | p50 ms | p95 ms | max ms |\n|---|---|--:|--:|--:|");
        Path folder = Files.createDirectories(Path.of(args[2]));
        Server server = Server.createTcpServer("-tcpPort", "0", "-baseDir", folder.toString(), "-ifNotExists")
                .start();
        try {
            String url = "jdbc:h2:tcp://127.0.0.1:%d/./runs;WRITE_DELAY=0".formatted(server.getPort());
            benchmark.measure("H2", new SingleConnectionDataSource(url, "sa", "", true));
        } finally {
            server.stop();
        }
        var postgres = new SingleConnectionDataSource(PostgresServer.newDatabase(), true);
        benchmark.measure("PostgreSQL", postgres);
    }

    private void measure(String database, DataSource repository) throws IOException {
        RepositoryMigration.migrate(repository, Path.of("."));
        ManyRuns.fill(JdbcClient.create(repository), runs);
        var history = new RunHistory(repository, new BigDecimal("6.25"));
        kinds().forEach((name, kind) ->
                print(database, name, run -> history.list(kind.apply(run)).size()));
        String block = Files.readString(Path.of("sql/retention/find-instances.sql"));
        print(
                database,
                "next block of a purge",
                run -> JdbcClient.create(repository)
                        .sql(block)
                        .params(Map.of("position", run, "before", LocalDateTime.now(ZoneOffset.UTC), "block", BLOCK))
                        .query()
                        .listOfRows()
                        .size());
    }

    /** @param listing how many rows it finds, beginning with a run of that number */
    private void print(String database, String name, ToIntFunction<Long> listing) {
        double[] millis = new double[pages];
        int found = 0;
        for (int i = -WARM_UP; i < pages; i++) {
            long before = random.nextLong(1, runs + 1);
            long began = System.nanoTime();
            int size = listing.applyAsInt(before);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - began) / 1e6;
                found += size;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "| %s | %s (%.1f rows) | %.1f | %.1f | %.1f |%n",
                database,
                name,
                found / (double) pages,
                millis[pages / 2],
                millis[(int) Math.ceil(pages * 0.95) - 1],
                millis[pages - 1]);
    }

    private Map<String, Function<Long, RunFilter>> kinds() {
        Instant first = Instant.now().minus(runs, ChronoUnit.MINUTES);
        Map<String, Function<Long, RunFilter>> kinds = new LinkedHashMap<>();
        kinds.put("newest", run -> filter(null, null, Map.of(), null, null));
        kinds.put("page", run -> filter(null, null, Map.of(), null, run));
        kinds.put("common job", run -> filter("job1", null, Map.of(), null, run));
        kinds.put("rare job", run -> filter("rare", null, Map.of(), null, run));
        kinds.put("common status", run -> filter(null, "COMPLETED", Map.of(), null, run));
        kinds.put("rare status", run -> filter(null, "ABANDONED", Map.of(), null, run));
        kinds.put("job and status", run -> filter("job7", "FAILED", Map.of(), null, run));
        kinds.put("tenant", run -> filter(null, null, Map.of("org", "org" + run % 1000), null, run));
        kinds.put(
                "tenant, job, status",
                run -> filter("job7", "FAILED", Map.of("org", "org" + (run % 50 * 20 + 7)), null, run));
        kinds.put("parameter", run -> filter(null, null, Map.of("source", "file" + run), null, null));
        kinds.put("two parameters", run -> filter(null, null, Map.of("org", "org7", "mode", "append"), null, run));
        kinds.put("time", run -> filter(null, null, Map.of(), first.plus(run, ChronoUnit.MINUTES), null));
        kinds.put(
                "time and rare status",
                run -> filter(null, "ABANDONED", Map.of(), first.plus(run, ChronoUnit.MINUTES), null));
        return kinds;
    }

    private static RunFilter filter(
            @Nullable String job,
            @Nullable String status,
            Map<String, String> parameters,
            @Nullable Instant from,
            @Nullable Long before) {
        Instant until = from == null ? null : from.plus(7, ChronoUnit.DAYS);
        return new RunFilter(job, status, parameters, from, until, before, PAGE);
    }
}
