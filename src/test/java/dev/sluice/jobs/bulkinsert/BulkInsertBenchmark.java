package dev.sluice.jobs.bulkinsert;

import dev.sluice.jobs.bulkinsert.UploadSink.Link;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole bulk insert against its limit and against what people write instead, in turns, over HTTP, TLS and links that are
 * slow or far. Whoever does not deliver every row gets no score. Prints Markdown; {@code scripts/bench/bulk-insert} runs it.
 */
final class BulkInsertBenchmark implements AutoCloseable {

    private static final int WARM_UP_ROWS = 100_000;
    private static final int GROWTH_FROM = 100_000;
    private static final double SECOND = 1e9;
    private static final List<Link> USUAL = List.of(Link.HTTP, Link.TLS, Link.GIGABIT);
    private static final long POLL_NANOS = 20_000_000;

    private final Path folder;
    private final Plan plan;
    private final Map<Link, String> links;
    private final Map<String, SluiceJob> jobs = new LinkedHashMap<>();
    private final Map<String, Contender> contenders = new LinkedHashMap<>();
    private final long began = System.nanoTime();
    private int batches;

    /**
     * @param rounds by number of rows: everybody, on every link
     * @param largeRows for the growth, against the copy alone
     * @param memoryRows in a process of their own
     * @param limit after which no other round begins
     */
    private record Plan(
            Map<Integer, Integer> rounds,
            int largeRows,
            int largeRounds,
            int memoryRows,
            int killedRows,
            int csvRows,
            int slowRows,
            Duration limit) {

        static Plan quick() {
            return new Plan(
                    ordered(10_000, 3, 100_000, 3),
                    1_000_000,
                    1,
                    1_000_000,
                    1_000_000,
                    100_000,
                    100_000,
                    Duration.ofSeconds(150));
        }

        static Plan full() {
            var rounds = ordered(10_000, 5, 100_000, 5);
            rounds.put(1_000_000, 3);
            return new Plan(rounds, 10_000_000, 2, 20_500_000, 2_000_000, 1_000_000, 400_000, Duration.ofMinutes(18));
        }

        private static Map<Integer, Integer> ordered(int first, int rounds, int second, int more) {
            Map<Integer, Integer> plan = new LinkedHashMap<>();
            plan.put(first, rounds);
            plan.put(second, more);
            return plan;
        }
    }

    private interface Contender {
        void load(Path file, String sink, String name) throws IOException;
    }

    private BulkInsertBenchmark(Path folder, Plan plan, Map<Link, String> links) {
        this.folder = folder;
        this.plan = plan;
        this.links = links;
        contenders.put("copy", UsualWays::copy);
        contenders.put("sluice", this::sluice);
        contenders.put("loop", UsualWays::loop);
        contenders.put("chunks", UsualWays::chunks);
    }

    /**
     * Arguments: a folder for everything; full, quick or, for CSV alone, wire, or, for most rows alone, large; the sink's
     * addresses, in the order of its links.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<Link, String> links = new EnumMap<>(Link.class);
        for (Link link : Link.values()) {
            links.put(link, arguments[2 + link.ordinal()]);
        }
        Plan plan = List.of("full", "large").contains(arguments[1]) ? Plan.full() : Plan.quick();
        try (var benchmark = new BulkInsertBenchmark(Path.of(arguments[0]), plan, links)) {
            if (arguments[1].equals("wire")) {
                benchmark.csv();
                return;
            }
            benchmark.warmUp();
            if (arguments[1].equals("large")) {
                benchmark.growth();
                return;
            }
            benchmark.ratios();
            benchmark.far();
            benchmark.growth();
            benchmark.memory();
            benchmark.kill();
            benchmark.csv();
        }
    }

    /** Applications start, and code is compiled, before anybody is timed. */
    private void warmUp() throws IOException {
        Path file = AuditRows.ndjson(folder, WARM_UP_ROWS);
        for (Link link : USUAL) {
            for (Contender contender : contenders.values()) {
                time(contender, file, links.get(link), WARM_UP_ROWS);
            }
        }
        Files.delete(file);
    }

    private void ratios() throws IOException {
        System.out.println("| link | rows | rounds | copy s | Sluice s | loop s | chunks s "
                + "| **of copy** | **over loop** | **over chunks** |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Map.Entry<Integer, Integer> size : plan.rounds().entrySet()) {
            Path file = AuditRows.ndjson(folder, size.getKey());
            for (Link link : USUAL) {
                if (isLate()) {
                    break;
                }
                Times times = inTurns(contenders, file, links.get(link), size.getKey(), size.getValue());
                System.out.printf(
                        "| %s | %,d | %d | %s | %s | %s | %s | %s | %s | %s |%n",
                        link.words(),
                        size.getKey(),
                        times.rounds(),
                        times.seconds("copy"),
                        times.seconds("sluice"),
                        times.seconds("loop"),
                        times.seconds("chunks"),
                        times.ratio("copy"),
                        times.ratio("loop"),
                        times.ratio("chunks"));
            }
            Files.delete(file);
        }
    }

    /** What a load job costs those who need a thousand of them, though this server takes no time for one. */
    private void far() throws IOException {
        if (isLate("A server that is far")) {
            return;
        }
        Map<String, Contender> some = new LinkedHashMap<>(contenders);
        some.keySet().retainAll(List.of("sluice", "chunks"));
        Path file = AuditRows.ndjson(folder, plan.csvRows());
        printShares(file, Link.TLS, plan.csvRows());
        printShares(file, Link.GIGABIT, plan.csvRows());
        Times times = inTurns(some, file, links.get(Link.FAR), plan.csvRows(), 1);
        System.out.printf(
                "%n%,d rows over %s: Sluice %s s, chunks %s s, **%s over chunks**.%n",
                plan.csvRows(),
                Link.FAR.words(),
                times.seconds("sluice"),
                times.seconds("chunks"),
                times.ratio("chunks"));
        Files.delete(file);
    }

    /** The exponent k in time = a * rows^k over two orders of magnitude. */
    private void growth() throws IOException {
        if (isLate("Growth")) {
            return;
        }
        Map<String, Contender> some = new LinkedHashMap<>(contenders);
        some.keySet().retainAll(List.of("copy", "sluice"));
        String tls = links.get(Link.TLS);
        Path small = AuditRows.ndjson(folder, GROWTH_FROM);
        Times few = inTurns(some, small, tls, GROWTH_FROM, 5);
        Files.delete(small);
        Path large = AuditRows.ndjson(folder, plan.largeRows());
        printShares(large, Link.TLS, plan.largeRows());
        Times many = inTurns(some, large, tls, plan.largeRows(), plan.largeRounds());
        System.out.printf(
                "%n%,d rows over TLS: copy %s s, Sluice %s s, **%s of copy**. Growth exponent from %,d rows: Sluice %.3f, copy %.3f.%n",
                plan.largeRows(),
                many.seconds("copy"),
                many.seconds("sluice"),
                many.ratio("copy"),
                GROWTH_FROM,
                exponent(few, many, "sluice"),
                exponent(few, many, "copy"));
        Times shaped = inTurns(some, large, links.get(Link.GIGABIT), plan.largeRows(), 1);
        Files.delete(large);
        System.out.printf(
                "%n%,d rows over %s: copy %s s, Sluice %s s, **%s of copy**.%n",
                plan.largeRows(),
                Link.GIGABIT.words(),
                shaped.seconds("copy"),
                shaped.seconds("sluice"),
                shaped.ratio("copy"));
    }

    /** Where the time of one more run goes. */
    private void printShares(Path file, Link link, int rows) throws IOException {
        var clock = WallClock.ofThisThread();
        double seconds;
        try (clock) {
            seconds = time(contenders.get("sluice"), file, links.get(link), rows);
        }
        System.out.printf(
                "%nOne run of %,d rows over %s, %.2f s, by the clock of the thread that runs the step: %s. Ledger and verification together %.1f %%.%n",
                rows,
                link.words(),
                seconds,
                clock,
                clock.percent(WallClock.Share.LEDGER) + clock.percent(WallClock.Share.VERIFICATION));
    }

    private double exponent(Times few, Times many, String name) {
        return Math.log(many.median(name) / few.median(name)) / Math.log((double) plan.largeRows() / GROWTH_FROM);
    }

    /** The same rows as CSV, and whether it pays to send them as Avro. */
    private void csv() throws IOException {
        System.out.println(
                "\n| CSV | rows | the same as NDJSON s | sent as JSON s | as Avro s | as it thinks best s | **JSON over Avro** |\n|---|--:|--:|--:|--:|--:|--:|");
        csv(List.of(Link.TLS, Link.GIGABIT), plan.csvRows(), 3);
        csv(List.of(Link.FAST, Link.SLOW), plan.slowRows(), 1);
    }

    private void csv(List<Link> some, int rows, int rounds) throws IOException {
        if (isLate("CSV")) {
            return;
        }
        Path ndjson = AuditRows.ndjson(folder, rows);
        Path csv = AuditRows.csv(folder, rows);
        Map<String, Contender> ways = new LinkedHashMap<>();
        ways.put("ndjson", (file, sink, name) -> sluice(ndjson, sink, name, "ndjson"));
        for (String wire : List.of("ndjson", "avro", "auto")) {
            ways.put("csv " + wire, (file, sink, name) -> sluice(csv, sink, name, wire));
        }
        for (Link link : some) {
            time(ways.get("csv avro"), csv, links.get(link), rows);
            Times times = inTurns(ways, csv, links.get(link), rows, rounds);
            System.out.printf(
                    "| %s | %,d | %s | %s | %s | %s | %.2f |%n",
                    link.words(),
                    rows,
                    times.seconds("ndjson"),
                    times.seconds("csv ndjson"),
                    times.seconds("csv avro"),
                    times.seconds("csv auto"),
                    times.median("csv ndjson") / times.median("csv avro"));
        }
        Files.delete(ndjson);
        Files.delete(csv);
    }

    private void memory() throws IOException, InterruptedException {
        if (isLate("Memory")) {
            return;
        }
        Path file = AuditRows.ndjson(folder, plan.memoryRows());
        get(links.get(Link.TLS) + "/reset");
        Process process = start(inAProcess(links.get(Link.TLS), file));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        System.out.printf(
                "%nMemory, %.1f GB over TLS in a process with -Xmx256m, exit code %d: %s.%n",
                Files.size(file) / 1e9, process.waitFor(), said);
        Files.delete(file);
    }

    /** Kills a run that the command started when half of the bytes have arrived, and starts the command again. */
    private void kill() throws IOException, InterruptedException {
        if (isLate("A kill")) {
            return;
        }
        Path file = AuditRows.ndjson(folder, plan.killedRows());
        String sink = links.get(Link.GIGABIT);
        get(sink + "/reset");
        Process victim = start(command(sink, file));
        while (victim.isAlive() && bytes(sink) < Files.size(file) / 2) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        victim.destroyForcibly().waitFor();
        long before = bytes(sink);
        long restarted = System.nanoTime();
        Process heir = start(command(sink, file));
        while (heir.isAlive() && bytes(sink) == before) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        double resumed = (System.nanoTime() - restarted) / SECOND;
        int exitCode = heir.waitFor();
        System.out.printf(
                "%nKilled at %.0f %% of %d MB on the link of 1 Gbit/s, exit code %d after the restart: "
                        + "%.1f s from the start of the command to the next byte, %.1f MB sent again (a load unit is 64 MB).%n",
                100.0 * before / Files.size(file),
                Files.size(file) / 1_000_000,
                exitCode,
                resumed,
                (bytes(sink) - Files.size(file)) / 1e6);
        Files.delete(file);
    }

    /** Ends with this process at the latest. */
    private static Process start(ProcessBuilder command) throws IOException {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** As people start it, on a project and a repository of its own. */
    private ProcessBuilder command(String sink, Path file) {
        Path home = folder.resolve("kill");
        var command = new ProcessBuilder(
                Path.of(System.getProperty("sluice.root"), "scripts", "sluice").toString(),
                "start",
                "bulk-insert",
                "table=" + SluiceJob.TABLE,
                "source=" + file,
                "org=acme_corp");
        command.environment()
                .putAll(Map.of(
                        "SLUICE_HOME",
                        home.toString(),
                        "SLUICE_GOOGLE_PROJECT_ID",
                        "benchmark",
                        "SLUICE_BIGQUERY_ENDPOINT",
                        sink,
                        "SLUICE_BIGQUERY_TOKEN",
                        "benchmark",
                        "SPRING_DATASOURCE_URL",
                        "jdbc:h2:file:" + home.resolve("repository") + ";WRITE_DELAY=0",
                        "SPRING_DATASOURCE_USERNAME",
                        "sa",
                        "SPRING_DATASOURCE_PASSWORD",
                        ""));
        return command.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private ProcessBuilder inAProcess(String sink, Path file) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:+UseSerialGC");
        for (String inherited :
                List.of("sluice.root", "javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword")) {
            command.add("-D%s=%s".formatted(inherited, System.getProperty(inherited)));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SluiceProcess.class.getName()));
        command.addAll(List.of(folder.resolve("memory").toString(), sink, file.toString(), "memory", "ndjson"));
        return new ProcessBuilder(command);
    }

    private Times inTurns(Map<String, Contender> some, Path file, String sink, int rows, int rounds)
            throws IOException {
        var times = new Times();
        for (int round = 0; round < rounds && !(round > 0 && isLate()); round++) {
            for (Map.Entry<String, Contender> contender : some.entrySet()) {
                times.add(contender.getKey(), time(contender.getValue(), file, sink, rows));
            }
        }
        return times;
    }

    private boolean isLate(String part) {
        if (isLate()) {
            System.out.printf("%n%s: left out, the time was up.%n", part);
        }
        return isLate();
    }

    private boolean isLate() {
        return System.nanoTime() - began > plan.limit().toNanos();
    }

    private double time(Contender contender, Path file, String sink, int rows) throws IOException {
        get(sink + "/reset");
        long start = System.nanoTime();
        contender.load(file, sink, "b" + batches++);
        double seconds = (System.nanoTime() - start) / SECOND;
        return get(sink + "/counts").startsWith(rows + " ") ? seconds : Double.NaN;
    }

    private void sluice(Path file, String sink, String name) {
        sluice(file, sink, name, "ndjson");
    }

    private void sluice(Path file, String sink, String name, String wire) {
        jobs.computeIfAbsent(sink, link -> SluiceJob.start(folder.resolve("link" + jobs.size()), link))
                .load(file, name, wire);
    }

    private static long bytes(String sink) throws IOException {
        return Long.parseLong(get(sink + "/counts").split(" ")[1]);
    }

    private static String get(String url) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        jobs.values().forEach(SluiceJob::close);
    }
}
