package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A local BigQuery of a test, Google's own client for it, and raw HTTP for what that client hides. */
final class LocalServer implements AutoCloseable {

    static final String PROJECT = "sluice-local";
    static final String TOKEN = "a-token-of-a-test";
    static final Schema PEOPLE = Schema.of(
            Field.newBuilder("id", StandardSQLTypeName.INT64)
                    .setMode(Field.Mode.REQUIRED)
                    .build(),
            Field.of("name", StandardSQLTypeName.STRING),
            Field.of("born", StandardSQLTypeName.TIMESTAMP));

    private final Path folder;
    private final Clock clock;
    private final LocalSettings settings;
    private final HttpClient http = HttpClient.newHttpClient();
    private LocalBigQuery server;
    private BigQuery client;
    private int loads;

    /** Takes many minutes over many rows. */
    static final String ENDLESS =
            "SELECT COUNT(*) AS n FROM house.people AS x CROSS JOIN house.people AS y CROSS JOIN house.people AS z"
                    + " WHERE x.id + y.id + z.id = 7";

    private LocalServer(Path folder, Clock clock) throws IOException {
        this(folder, clock, LocalSettings.defaults());
    }

    private LocalServer(Path folder, Clock clock, LocalSettings settings) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.settings = settings;
        this.server = LocalBigQuery.open(folder, 0, TOKEN, clock, settings);
        this.client = client(server.url());
    }

    static LocalServer open(Path folder) throws IOException {
        return new LocalServer(folder, Clock.systemUTC());
    }

    static LocalServer open(Path folder, Clock clock) throws IOException {
        return new LocalServer(folder, clock);
    }

    static LocalServer open(Path folder, Clock clock, LocalSettings settings) throws IOException {
        return new LocalServer(folder, clock, settings);
    }

    /** With faults. */
    static LocalServer open(Path folder, dev.sluice.local.fault.FaultPlan faults) throws IOException {
        return new LocalServer(
                folder, Clock.systemUTC(), LocalSettings.defaults().withFaults(faults));
    }

    /** With faults, at a time of the test's. */
    static LocalServer open(Path folder, Clock clock, dev.sluice.local.fault.FaultPlan faults) throws IOException {
        return new LocalServer(folder, clock, LocalSettings.defaults().withFaults(faults));
    }

    /** With the Storage Write API and faults. */
    static LocalServer openForWrites(Path folder, dev.sluice.local.fault.FaultPlan faults) throws IOException {
        return new LocalServer(
                folder,
                Clock.systemUTC(),
                LocalSettings.defaults().withFaults(faults).withWritePort(0));
    }

    /** With the Storage Write API. */
    static LocalServer openForWrites(Path folder) throws IOException {
        return new LocalServer(
                folder, Clock.systemUTC(), LocalSettings.defaults().withWritePort(0));
    }

    /** What a server finds if the one of this folder is killed now. */
    static LocalServer killed(Path folder) throws IOException {
        Path copy = Files.createTempDirectory(folder, "killed");
        for (String file : List.of("bigquery.journal", "bigquery.duckdb", "bigquery.duckdb.wal")) {
            if (Files.exists(folder.resolve(file))) {
                Files.copy(folder.resolve(file), copy.resolve(file));
            }
        }
        return open(copy);
    }

    /** Host and port of the Storage Write API. */
    String writeAddress() {
        return server.writeAddress();
    }

    private static BigQuery client(String url) {
        var token = new AccessToken(TOKEN, Date.from(Instant.parse("2100-01-01T00:00:00Z")));
        return BigQueryOptions.newBuilder()
                .setProjectId(PROJECT)
                .setHost(url)
                .setCredentials(OAuth2Credentials.create(token))
                .build()
                .getService();
    }

    void reopen() throws IOException {
        server.close();
        server = LocalBigQuery.open(folder, 0, TOKEN, clock, settings);
        client = client(server.url());
    }

    BigQuery client() {
        return client;
    }

    /** Creates {@code house.people}. */
    TableId people() {
        client.create(DatasetInfo.of("house"));
        var id = TableId.of("house", "people");
        client.create(TableInfo.of(id, StandardTableDefinition.of(PEOPLE)));
        return id;
    }

    Job query(String sql, UnaryOperator<QueryJobConfiguration.Builder> settings) throws InterruptedException {
        return client.create(JobInfo.of(
                        settings.apply(QueryJobConfiguration.newBuilder(sql)).build()))
                .waitFor();
    }

    List<String> column(String sql) throws InterruptedException {
        return query(sql, UnaryOperator.identity())
                .getQueryResults()
                .streamAll()
                .map(row -> String.valueOf(row.get(0).getValue()))
                .toList();
    }

    /** Loads so many people. */
    void populate(int rows) throws IOException, InterruptedException {
        load(people(), FormatOptions.json(), numbered(rows));
    }

    static String numbered(int rows) {
        return IntStream.rangeClosed(1, rows)
                .mapToObj("{\"id\":%d,\"name\":\"n\"}\n"::formatted)
                .collect(Collectors.joining());
    }

    /** Begins a job and waits until it runs. */
    Job running(String id, QueryJobConfiguration query) {
        Job job = client.create(JobInfo.newBuilder(query).setJobId(JobId.of(id)).build());
        return awaitState(job, JobStatus.State.RUNNING);
    }

    static Job awaitState(Job job, JobStatus.State state) {
        Job now = job;
        for (int asked = 0; asked < 2000; asked++) {
            if (now.getStatus().getState() == state) {
                return now;
            }
            now = now.reload();
        }
        throw new AssertionError("the job is " + now.getStatus());
    }

    /** @return a job's resource once it is DONE, whatever its end: Google's client throws a failed job */
    String end(String id) throws IOException, InterruptedException {
        String job = "";
        for (int asked = 0; asked < 20_000 && !job.contains("\"state\":\"DONE\""); asked++) {
            job = send("GET", "/jobs/" + id, "").body();
        }
        return job;
    }

    /** @return the load, done */
    Job load(TableId table, FormatOptions format, String content) throws IOException, InterruptedException {
        return load(
                WriteChannelConfiguration.newBuilder(table)
                        .setFormatOptions(format)
                        .build(),
                content);
    }

    Job load(WriteChannelConfiguration configuration, String content) throws IOException, InterruptedException {
        return begin(null, configuration, content).waitFor();
    }

    /** @return the load as it was accepted */
    Job begin(@org.jspecify.annotations.Nullable String id, WriteChannelConfiguration configuration, String content)
            throws IOException {
        var writer = id == null ? client.writer(configuration) : client.writer(JobId.of(id), configuration);
        try (writer) {
            writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        }
        return writer.getJob();
    }

    /** The file of an object, whose folders are there. */
    Path object(String name) throws IOException {
        Path file = folder.resolve("gcs").resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    /**
     * Loads into {@code house.events}, unless the settings name another destination.
     *
     * @param settings of the load, as JSON members
     * @return the job's resource, DONE
     */
    String load(String settings) throws IOException, InterruptedException {
        loads++;
        String destination = settings.contains("destinationTable")
                ? ""
                : "\"destinationTable\":{\"datasetId\":\"house\",\"tableId\":\"events\"},";
        HttpResponse<String> answer = send(
                "POST",
                "/jobs",
                "{\"jobReference\":{\"jobId\":\"load%d\"},\"configuration\":{\"load\":{%s%s}}}"
                        .formatted(loads, destination, settings));
        return answer.statusCode() == 200 ? end("load" + loads) : answer.body();
    }

    private static final tools.jackson.databind.json.JsonMapper JSON = new tools.jackson.databind.json.JsonMapper();

    /** The columns of a table of {@code house}, one after the other. */
    String schema(String table) throws IOException, InterruptedException {
        return columns(
                JSON.readTree(send("GET", "/datasets/house/tables/" + table, "").body())
                        .path("schema"));
    }

    private static String columns(tools.jackson.databind.JsonNode schema) {
        return schema.path("fields")
                .valueStream()
                .map(field -> "%s %s %s"
                                .formatted(
                                        field.path("name").asString(),
                                        field.path("type").asString(),
                                        field.path("mode").asString("NULLABLE"))
                        + (field.has("fields") ? "(" + columns(field) + ")" : ""))
                .collect(Collectors.joining(", "));
    }

    /** The rows of a table of {@code house}, as they are listed. */
    List<String> rows(String table) throws IOException, InterruptedException {
        Map<?, ?> answer = JSON.readValue(
                send("GET", "/datasets/house/tables/" + table + "/data", "").body(), Map.class);
        return answer.get("rows") instanceof List<?> rows
                ? rows.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** @param path after the project, with a leading slash */
    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return send(request("/bigquery/v2/projects/" + PROJECT + path).method(method, text(body)));
    }

    /** Inserts jobs side by side, since the answer to one that waits takes its time. */
    void insertAtOnce(List<String> jobs) {
        assertThat(atOnce("/jobs", jobs)).allMatch(answer -> answer.statusCode() == 200);
    }

    /** Posts side by side. */
    List<HttpResponse<String>> atOnce(String path, List<String> bodies) {
        return bodies.stream()
                .map(body -> request("/bigquery/v2/projects/" + PROJECT + path)
                        .POST(text(body))
                        .build())
                .map(request -> http.sendAsync(request, BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : server.url() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    static HttpRequest.BodyPublisher text(String body) {
        return body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
    }

    @Override
    public void close() {
        server.close();
    }
}
