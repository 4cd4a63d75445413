package dev.sluice.kill;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.JobList;
import com.google.api.services.bigquery.model.QueryRequest;
import com.google.api.services.bigquery.model.TableDataList;
import com.google.api.services.bigquery.model.TableRow;
import dev.sluice.cli.RepeatedCommands;
import dev.sluice.home.EndpointFile;
import dev.sluice.home.HomeEndpoint;
import dev.sluice.home.HomeFolder;
import dev.sluice.item.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A home folder whose processes are real ones: started as the shell starts them, killed as the kernel kills them. */
final class KillableHome implements AutoCloseable {

    private static final String PROJECT = "sluice-local";
    private static final long PAGE = 20_000;
    private static final long LIMIT_SECONDS = 600;

    private final Path home;
    private final Path root;
    private final Map<String, String> settings;

    KillableHome(Path home) {
        this(home, Path.of(""), Map.of());
    }

    /**
     * @param root the checkout that its processes work with
     * @param settings environment variables of its commands
     */
    KillableHome(Path home, Path root, Map<String, String> settings) {
        this.home = home;
        this.root = root;
        this.settings = Map.copyOf(settings);
    }

    /** Starts a command; its output goes to the end of that file. */
    Process begin(Path output, List<String> words) throws IOException {
        List<String> command = java("dev.sluice.cli.Sluice");
        command.addAll(words);
        return process(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** @param log for what no command says */
    Worker worker(Path log) throws IOException {
        return new Worker(process(java(RepeatedCommands.class.getName()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    private List<String> java(String main) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsluice.root=" + root.toAbsolutePath(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main));
    }

    private ProcessBuilder process(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SLUICE_HOME", home.toString());
        // a judge is not attached, and may take its time
        builder.environment().put("SLUICE_HOME_IDLESECONDS", "600");
        builder.environment().putAll(settings);
        return builder;
    }

    /** Stops a process as a long pause of its machine would, or lets it go on. */
    static void signal(Process process, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0 && process.isAlive()) {
            throw new IOException("cannot send %s to process %d".formatted(name, process.pid()));
        }
    }

    /** @return the exit code */
    static int end(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("a command did not end within %d s".formatted(LIMIT_SECONDS));
        }
        return process.exitValue();
    }

    HomeEndpoint endpoint() {
        return new EndpointFile(HomeFolder.open(home)).read().orElseThrow();
    }

    void killServer() {
        new EndpointFile(HomeFolder.open(home))
                .read()
                .flatMap(endpoint -> ProcessHandle.of(endpoint.pid()))
                .ifPresent(server -> {
                    server.destroyForcibly();
                    server.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
                });
    }

    /** The home server's, unless its settings name another one. */
    JdbcClient repository() {
        String url = settings.get("SPRING_DATASOURCE_URL");
        if (url != null) {
            return JdbcClient.create(new DriverManagerDataSource(url));
        }
        HomeEndpoint endpoint = endpoint();
        return JdbcClient.create(new DriverManagerDataSource(endpoint.jdbcUrl(), "sluice", endpoint.token()));
    }

    /**
     * Of each organization's rows of a table.
     *
     * @param orgs names that are nowhere in the rows of others
     */
    List<Digest> digests(String dataset, String table, List<String> orgs) throws IOException {
        List<String> rows = rows(dataset, table);
        return orgs.stream().map(org -> digest(rows, org)).toList();
    }

    /** SHA-256 over the rows, each as the JSON that tabledata.list gives, without the organization's name, sorted. */
    private static Digest digest(List<String> all, String org) {
        List<String> rows = all.stream()
                .filter(row -> row.contains(org))
                .map(row -> row.replace(org, "org"))
                .sorted()
                .toList();
        return new Digest(rows.size(), Sha256.of(String.join("\n", rows)));
    }

    private List<String> rows(String dataset, String table) throws IOException {
        List<String> rows = new ArrayList<>();
        String page = null;
        do {
            TableDataList answer = bigQuery()
                    .tabledata()
                    .list(PROJECT, dataset, table)
                    .setMaxResults(PAGE)
                    .setPageToken(page)
                    .execute();
            for (TableRow row : answer.getRows()) {
                rows.add(GsonFactory.getDefaultInstance().toString(row));
            }
            page = answer.getPageToken();
        } while (page != null);
        return rows;
    }

    record Digest(int rows, String sha256) {}

    /** Ids of the BigQuery jobs that ended well. */
    List<String> successes() throws IOException {
        List<String> ids = new ArrayList<>();
        String page = null;
        do {
            JobList answer = bigQuery()
                    .jobs()
                    .list(PROJECT)
                    .setAllUsers(true)
                    .setPageToken(page)
                    .execute();
            answer.getJobs().stream()
                    .filter(job -> job.getErrorResult() == null)
                    .forEach(job -> ids.add(job.getJobReference().getJobId()));
            page = answer.getNextPageToken();
        } while (page != null);
        return ids;
    }

    /** The one number that a query answers. */
    long count(String sql) throws IOException {
        var query = new QueryRequest().setQuery(sql).setUseLegacySql(false);
        Object number = bigQuery()
                .jobs()
                .query(PROJECT, query)
                .execute()
                .getRows()
                .get(0)
                .getF()
                .get(0)
                .getV();
        return Long.parseLong(String.valueOf(number));
    }

    /** The home server's, unless its settings name another one. */
    private Bigquery bigQuery() {
        String url = settings.get("SLUICE_BIGQUERY_ENDPOINT");
        return url == null
                ? bigQuery(endpoint().bigQueryUrl(), endpoint().token())
                : bigQuery(url, settings.get("SLUICE_BIGQUERY_TOKEN"));
    }

    private static Bigquery bigQuery(String url, String token) {
        return new Bigquery.Builder(
                        new NetHttpTransport(),
                        GsonFactory.getDefaultInstance(),
                        request -> request.getHeaders().setAuthorization("Bearer " + token))
                .setRootUrl(url + "/")
                .setApplicationName("kill")
                .build();
    }

    @Override
    public void close() {
        killServer();
    }
}
