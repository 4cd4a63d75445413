package dev.sluice.jobs.bulkinsert;

import dev.sluice.SluiceApplication;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole bulk insert against its limit and against what people write instead, in turns, over HTTP, TLS and a link of
 * 1 Gbit/s. Whoever does not deliver every row gets no score.
 */
final class BulkInsertBenchmark {

    private static final int CHUNK_ROWS = 1000;
    private static final int WARM_UP_ROWS = 20_000;
    private static final double SECOND = 1e9;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final Map<String, String> links = new LinkedHashMap<>();
    private final Map<String, double[]> last = new LinkedHashMap<>();
    private final Map<String, ConfigurableApplicationContext> jobs = new LinkedHashMap<>();

    private BulkInsertBenchmark(Path folder, String[] sinks) {
        this.folder = folder;
        links.put("http", sinks[0]);
        links.put("tls", sinks[1]);
        links.put("1gbit", sinks[2]);
    }

    private interface Contender {
        void load(Path file, String sink, int round) throws IOException;
    }

    /** Arguments: a folder for the input, rounds, the sink's three addresses, numbers of rows. */
    public static void main(String[] arguments) throws IOException {
        var benchmark = new BulkInsertBenchmark(Path.of(arguments[0]), Arrays.copyOfRange(arguments, 2, 5));
        try {
            benchmark.warmUp();
            for (String rows : Arrays.copyOfRange(arguments, 5, arguments.length)) {
                benchmark.compare(Integer.parseInt(rows), Integer.parseInt(arguments[1]));
            }
            benchmark.memory();
        } finally {
            benchmark.jobs.values().forEach(ConfigurableApplicationContext::close);
        }
    }

    /** Applications start, and code is compiled, before anybody is timed. */
    private void warmUp() throws IOException {
        Path file = input(WARM_UP_ROWS);
        for (String sink : links.values()) {
            for (int round = 0; round < 2; round++) {
                get(sink + "/reset");
                sluice(file, sink, round);
                jackson(file, sink, round);
                chunks(file, sink, round);
            }
        }
        Files.delete(file);
    }

    private void compare(int rows, int rounds) throws IOException {
        Path file = input(rows);
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put("copy", BulkInsertBenchmark::copy);
        contenders.put("sluice", this::sluice);
        contenders.put("jackson", BulkInsertBenchmark::jackson);
        contenders.put("chunks", BulkInsertBenchmark::chunks);
        for (Map.Entry<String, String> link : links.entrySet()) {
            Map<String, List<Double>> seconds = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                    seconds.computeIfAbsent(contender.getKey(), name -> new ArrayList<>())
                            .add(time(contender.getValue(), file, link.getValue(), round, rows));
                }
            }
            print(link.getKey(), rows, Files.size(file), seconds);
            printGrowth(link.getKey(), rows, median(seconds.get("sluice")));
        }
        Files.delete(file);
    }

    private double time(Contender contender, Path file, String sink, int round, int rows) throws IOException {
        get(sink + "/reset");
        long began = System.nanoTime();
        contender.load(file, sink, round);
        double seconds = (System.nanoTime() - began) / SECOND;
        return get(sink + "/counts").startsWith(rows + " ") ? seconds : Double.NaN;
    }

    private static void print(String link, int rows, long bytes, Map<String, List<Double>> seconds) {
        double copy = median(seconds.get("copy"));
        double ours = median(seconds.get("sluice"));
        StringBuilder line = new StringBuilder("%-6s %9d rows".formatted(link, rows));
        seconds.forEach((name, times) -> line.append("  %s %.2f s (%.0f MB/s, %.2f-%.2f)"
                .formatted(
                        name,
                        median(times),
                        bytes / 1e6 / median(times),
                        times.stream().min(Double::compare).orElseThrow(),
                        times.stream().max(Double::compare).orElseThrow())));
        System.out.println(line);
        System.out.printf(
                "%-6s %9d rows  of copy %.2f  over jackson %.2f  over chunks %.2f%n",
                link, rows, copy / ours, median(seconds.get("jackson")) / ours, median(seconds.get("chunks")) / ours);
    }

    /** The exponent k in time = a * rows^k, from the step to this size; fixed costs make it smaller at small sizes. */
    private void printGrowth(String link, int rows, double seconds) {
        double[] before = last.put(link, new double[] {rows, seconds});
        if (before != null) {
            System.out.printf(
                    "%-6s %9d rows  growth exponent from %.0f rows: %.3f%n",
                    link, rows, before[0], Math.log(seconds / before[1]) / Math.log(rows / before[0]));
        }
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static void copy(Path file, String sink, int round) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var upload = new RawUpload(sink, "copy" + round, Files.size(file))) {
            byte[] buffer = new byte[1 << 18];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                upload.write(buffer, 0, n);
            }
        }
    }

    private void sluice(Path file, String sink, int round) {
        Launcher launcher = jobs.computeIfAbsent(sink, this::start).getBean(Launcher.class);
        Map<String, String> parameters = Map.of(
                "table",
                "org_audit_logs",
                "source",
                file.toString(),
                "org",
                "acme_corp",
                "batch",
                sink.substring(sink.lastIndexOf(':') + 1) + "r" + round);
        LaunchOutcome outcome = launcher.start("bulk-insert", parameters, folder, (run, job, given, resumed) -> {});
        if (outcome.exitCode() != ExitCode.COMPLETED) {
            throw new IllegalStateException("bulk-insert answers " + outcome);
        }
    }

    private ConfigurableApplicationContext start(String sink) {
        String name = sink.substring(sink.lastIndexOf(':') + 1);
        return new SpringApplicationBuilder(SluiceApplication.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "sluice.home",
                        folder.resolve("home").toString(),
                        "sluice.bigquery.endpoint",
                        sink,
                        "sluice.bigquery.token",
                        "benchmark",
                        "spring.datasource.url",
                        "jdbc:h2:file:" + folder.resolve(name) + ";WRITE_DELAY=0",
                        "spring.datasource.username",
                        "sa",
                        "spring.datasource.password",
                        ""))
                .run("--sluice.root=" + System.getProperty("sluice.root"));
    }

    /** Reads objects and writes them anew, as a program without a framework does. */
    private static void jackson(Path file, String sink, int round) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file);
                var upload = new RawUpload(sink, "loop" + round, Files.size(file))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                upload.write(JSON.writeValueAsBytes(JSON.readValue(line, LinkedHashMap.class)));
                upload.write('\n');
            }
        }
    }

    /** One load job with a random id per chunk, as the Spring Batch extension for BigQuery does. */
    private static void chunks(Path file, String sink, int round) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            var chunk = new ByteArrayOutputStream();
            int rows = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String row = JSON.writeValueAsString(JSON.readValue(line, LinkedHashMap.class)) + "\n";
                chunk.write(row.getBytes(StandardCharsets.UTF_8));
                if (++rows % CHUNK_ROWS == 0) {
                    sendChunk(sink, chunk);
                }
            }
            sendChunk(sink, chunk);
        }
    }

    private static void sendChunk(String sink, ByteArrayOutputStream chunk) throws IOException {
        if (chunk.size() > 0) {
            try (OutputStream upload = new RawUpload(sink, UUID.randomUUID().toString(), chunk.size())) {
                chunk.writeTo(upload);
            }
            chunk.reset();
        }
    }

    private static String get(String url) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Rows of 490 bytes each with its line end, the same at every call. */
    private Path input(int rows) throws IOException {
        Path file = folder.resolve("rows-" + rows + ".ndjson");
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows; i++) {
                String row =
                        ("{\"audit_id\":\"audit-%010d\",\"org_slug\":\"acme_corp\",\"user_id\":\"user-%05d\",\"action\":\"UPDATE\","
                                        + "\"resource_type\":\"PIPELINE\",\"resource_id\":\"pipeline-%06d\",\"details\":{\"n\":%d,\"before\":[1,2.5,null],"
                                        + "\"after\":{\"enabled\":true}},\"ip_address\":\"10.%d.0.1\",\"request_id\":\"request-%010d\",\"status\":\"SUCCESS\","
                                        + "\"created_at\":\"2026-01-%02dT08:00:%02d.123456Z\",\"user_agent\":\"")
                                .formatted(i, i % 50_000, i % 1_000_000, i, i % 256, i, i % 28 + 1, i % 60);
                out.write(row);
                out.write("x".repeat(490 - row.length() - 3));
                out.write("\"}\n");
            }
        }
        return file;
    }

    private void memory() throws IOException {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        String rss = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("VmHWM unknown");
        System.out.printf(
                "memory of all contenders together: heap peak %d MB (sum over pools), %s%n",
                heap >> 20, rss.replaceAll("\\s+", " "));
    }
}
