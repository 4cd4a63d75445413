package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.TableId;
import dev.sluice.SluiceApplication;
import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.BigQueryTables;
import dev.sluice.bigquery.Deadline;
import dev.sluice.bigquery.Deadlines;
import dev.sluice.bigquery.Effect;
import dev.sluice.bigquery.QueryRows;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.Tier;
import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.TableCatalogue;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.ledger.UndisputedFence;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import dev.sluice.runs.Run;
import dev.sluice.runs.RunHistory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A job process over a local BigQuery and a repository of its own. Its checkout is a copy of ours with the tables of
 * {@code src/test/resources/bulk-insert}. Tests share it and keep apart by organization.
 */
final class BulkInsertFixture implements AutoCloseable {

    static final LaunchObserver NOBODY = (run, job, parameters, resumed) -> {};

    /** Of rows that are not too long. */
    static final int MOST_ROW_BYTES = 4 << 20;

    private static final String TOKEN = "bulk-insert";
    private static final Path TABLES = Path.of("src/test/resources/bulk-insert");

    private final Path folder;
    private final LocalBigQuery bigQuery;
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger orgs = new AtomicInteger();
    private final OtherWriter otherWriter = new OtherWriter();
    private final ConfigurableApplicationContext context;

    BulkInsertFixture(Path folder) throws IOException {
        this.folder = folder;
        Path root = checkout(folder.resolve("checkout"));
        this.bigQuery =
                LocalBigQuery.open(folder.resolve("bigquery"), 0, TOKEN, Clock.systemUTC(), LocalSettings.defaults());
        this.context = new SpringApplicationBuilder(SluiceApplication.class)
                .web(WebApplicationType.NONE)
                .properties(properties())
                .initializers(starting -> starting.getBeanFactory().addBeanPostProcessor(otherWriter))
                .run("--sluice.root=" + root);
    }

    private static Path checkout(Path root) throws IOException {
        copy(Path.of("jobs"), root.resolve("jobs"));
        copy(Path.of("sql"), root.resolve("sql"));
        Path schema = root.resolve("sql/schema");
        String catalogue = Files.readString(schema.resolve("catalogue.yaml"));
        copy(TABLES, schema);
        Files.writeString(
                schema.resolve("catalogue.yaml"), catalogue + Files.readString(TABLES.resolve("catalogue.yaml")));
        return root;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Map<String, Object> properties() {
        return Map.of(
                "sluice.home",
                folder.resolve("home").toString(),
                "sluice.environment",
                "test",
                "sluice.bulk-insert.max-row-size",
                MOST_ROW_BYTES + "B",
                "sluice.bigquery.endpoint",
                bigQuery.url(),
                "sluice.bigquery.token",
                TOKEN,
                "spring.datasource.url",
                "jdbc:h2:mem:" + TOKEN,
                "spring.datasource.username",
                "sa",
                "spring.datasource.password",
                "");
    }

    /** An organization that nobody else has. */
    String newOrg() {
        return "org_" + orgs.incrementAndGet();
    }

    /**
     * A bulk insert to be started.
     *
     * @param more parameters beside table, source and org
     */
    record Order(String table, String source, String org, Map<String, String> more) {

        static Order of(String table, Path source, String org) {
            return of(table, source.toString(), org);
        }

        static Order of(String table, String source, String org) {
            return new Order(table, source, org, Map.of());
        }

        Order with(String name, Object value) {
            Map<String, String> parameters = new TreeMap<>(more);
            parameters.put(name, String.valueOf(value));
            return new Order(table, source, org, parameters);
        }
    }

    LaunchOutcome start(Order order) {
        return start(order, NOBODY);
    }

    LaunchOutcome start(Order order, LaunchObserver observer) {
        Map<String, String> parameters = new HashMap<>(order.more());
        parameters.put("table", order.table());
        parameters.put("source", order.source());
        parameters.put("org", order.org());
        return launcher().start("bulk-insert", parameters, folder, observer);
    }

    Launcher launcher() {
        return context.getBean(Launcher.class);
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** What {@code gs://<name>} means. */
    Path object(String name) throws IOException {
        Path file = folder.resolve("bigquery/gcs").resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    void object(String name, byte[] content) throws IOException {
        Files.write(object(name), content);
    }

    /** Sees that it completed without a word. */
    static LaunchOutcome completed(LaunchOutcome outcome) {
        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        return outcome;
    }

    /** Of a run that completed: read, rejected, inserted, updated, unchanged, deleted. */
    List<Long> counts(LaunchOutcome outcome) {
        Run run = run(completed(outcome));
        return Arrays.asList(
                run.rowsRead(),
                run.rowsRejected(),
                run.rowsInserted(),
                run.rowsUpdated(),
                run.rowsUnchanged(),
                run.rowsDeleted());
    }

    Run run(LaunchOutcome outcome) {
        assertThat(outcome.runId()).as("run of %s", outcome).isNotNull();
        return new RunHistory(context.getBean(DataSource.class), BigDecimal.ONE)
                .find(outcome.runId())
                .orElseThrow();
    }

    /** Who changes tables at the worst moment. */
    OtherWriter otherWriter() {
        return otherWriter;
    }

    /** Runs one statement, as somebody else would. */
    void change(String sql) {
        var key =
                new EffectKey(new InstanceKey("other", "", 1), "write", String.valueOf(changes.incrementAndGet()), "");
        context.getBean(BigQueryJobs.class)
                .execute(
                        new Effect(key, 0, new UndisputedFence(false), Tier.USER, Duration.ofMinutes(1), false, null),
                        new SqlStatement("test", sql, Map.of()));
    }

    /** A table's declared columns. */
    List<TableColumn> columns(String table) {
        return context.getBean(TableCatalogue.class).find(table).orElseThrow().columns();
    }

    /** Makes an organization's table by tables.insert, which knows more of columns than the local BigQuery's DDL does. */
    void createTable(String org, String name) {
        CatalogueTable table = context.getBean(TableCatalogue.class).find(name).orElseThrow();
        var tables = context.getBean(BigQueryTables.class);
        Deadline deadline = context.getBean(Deadlines.class).start(Tier.BATCH);
        TableId id = table.tableId("sluice-local", org, "test");
        tables.createDataset(DatasetId.of(id.getProject(), id.getDataset()), deadline);
        tables.createStaging(id, table.schema(), Duration.ofDays(1), deadline);
    }

    /** The values of a table's rows, in the order in which they were written; none if there is no such table. */
    List<List<Object>> rows(String dataset, String table) {
        if (!exists(dataset, table)) {
            return List.of();
        }
        List<List<Object>> rows = new ArrayList<>();
        query("SELECT * FROM `sluice-local.%s.%s`".formatted(dataset, table))
                .rows()
                .forEach(row -> {
                    List<Object> values = new ArrayList<>();
                    row.forEach(value -> values.add(value.getValue()));
                    rows.add(values);
                });
        return rows;
    }

    /** Rows of a table in the organization's own dataset. */
    List<List<Object>> tenantRows(String org, String table) {
        return rows(org + "_test", table);
    }

    boolean exists(String dataset, String table) {
        return context.getBean(BigQueryTables.class)
                .find(
                        TableId.of("sluice-local", dataset, table),
                        context.getBean(Deadlines.class).start(Tier.USER))
                .isPresent();
    }

    /** The one column of an answer. */
    List<String> texts(String sql) {
        return query(sql).rows().stream()
                .map(row -> row.get(0).getStringValue())
                .toList();
    }

    private QueryRows query(String sql) {
        return context.getBean(BigQueryJobs.class)
                .query(
                        new SqlStatement("test", sql, Map.of()),
                        context.getBean(Deadlines.class).start(Tier.USER));
    }

    /** Line and reason of what a run's instance set aside. */
    List<String> deadLetters(LaunchOutcome outcome) {
        return context.getBean(LedgerDatabase.class)
                .jdbc()
                .sql(
                        "SELECT LINE, REASON FROM SLUICE_DEAD_LETTER WHERE JOB_KEY = (SELECT I.JOB_KEY FROM BATCH_JOB_INSTANCE I"
                                + " JOIN BATCH_JOB_EXECUTION E ON E.JOB_INSTANCE_ID = I.JOB_INSTANCE_ID"
                                + " WHERE E.JOB_EXECUTION_ID = ?) ORDER BY LINE")
                .param(outcome.runId())
                .query((row, number) -> row.getLong(1) + ": " + row.getString(2))
                .list();
    }

    /** Makes a run that is about to begin believe that its source was another one. */
    void recordAnotherSource(long run, @Nullable String stamp) {
        context.getBean(LedgerDatabase.class)
                .jdbc()
                .sql("INSERT INTO SLUICE_SOURCE SELECT I.JOB_NAME, I.JOB_KEY, 1, 'another', 'another', 1,"
                        + " E.JOB_EXECUTION_ID, CURRENT_TIMESTAMP, CAST(? AS VARCHAR) FROM BATCH_JOB_INSTANCE I JOIN BATCH_JOB_EXECUTION E"
                        + " ON E.JOB_INSTANCE_ID = I.JOB_INSTANCE_ID WHERE E.JOB_EXECUTION_ID = ?")
                .param(stamp)
                .param(run)
                .update();
    }

    /** Staging tables of effects of one run, as its load jobs name them. */
    List<String> stagingOf(LaunchOutcome outcome) {
        return context.getBean(LedgerDatabase.class)
                .jdbc()
                .sql("SELECT DISTINCT DESTINATION FROM SLUICE_INTENT WHERE RUN_ID = ? AND STEP = 'stageRows'")
                .param(outcome.runId())
                .query(String.class)
                .list();
    }

    @Override
    public void close() {
        context.close();
        bigQuery.close();
    }
}
