package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.JobList;
import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.Deadlines;
import dev.sluice.bigquery.QueryRows;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.Tier;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import dev.sluice.runs.Run;
import dev.sluice.runs.RunFilter;
import dev.sluice.runs.RunHistory;
import dev.sluice.sweep.DeathSwitch.ProcessDeath;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills a bulk insert at one moment, starts it again on the same databases, and looks at what is there. All runs share
 * one local BigQuery; each has a dataset and a repository of its own.
 */
final class BulkInsertSweep implements AutoCloseable {

    private static final String TOKEN = "sweep";
    private static final AtomicLong LIVES = new AtomicLong();
    private static final long STEPS_OF_A_LIFE = 100;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PLANS = "saas_subscription_plans";

    /** Several load units, the publishing. */
    private static final int FEWEST_EFFECTS = 3;

    private final LocalBigQuery bigQuery;
    private final Path folder;
    private final SweepScenario scenario;
    private final String source;
    private final UnaryOperator<String> databases;
    private final Map<String, String> urls = new HashMap<>();

    /** @param databases gives the JDBC URL of a new, empty database for a life and its successor */
    BulkInsertSweep(Path folder, SweepScenario scenario, UnaryOperator<String> databases) throws IOException {
        this(folder, scenario, databases, LocalSettings.defaults());
    }

    BulkInsertSweep(Path folder, SweepScenario scenario, UnaryOperator<String> databases, LocalSettings settings)
            throws IOException {
        this.folder = folder;
        this.scenario = scenario;
        this.databases = databases;
        this.source = write();
        this.bigQuery = LocalBigQuery.open(folder.resolve("bigquery"), 0, TOKEN, Clock.systemUTC(), settings);
    }

    /** Two objects, each with the header, or one file. */
    private String write() throws IOException {
        if (!scenario.isObjects()) {
            return Files.write(folder.resolve("plans.csv"), scenario.source()).toString();
        }
        Path bucket = Files.createDirectories(folder.resolve("bigquery/gcs/plans"));
        List<String> lines = scenario.source();
        List<String> second = new ArrayList<>(lines.subList(0, 1));
        second.addAll(lines.subList(lines.size() / 2, lines.size()));
        Files.write(bucket.resolve("1.csv"), lines.subList(0, lines.size() / 2));
        Files.write(bucket.resolve("2.csv"), second);
        return "gs://plans/*.csv";
    }

    private Map<String, String> arguments(String unitSize) {
        Map<String, String> arguments = new HashMap<>(scenario.more());
        arguments.put("mode", scenario.mode());
        arguments.put("table", PLANS);
        arguments.put("source", source);
        arguments.put("org", "acme_corp");
        arguments.put("unitSize", unitSize);
        if (!scenario.isObjects()) {
            // what one life leaves unsent another may send the other way
            arguments.put("wire", unitSize.equals(scenario.unit()) ? "ndjson" : "avro");
        }
        arguments.put("maxRejects", String.valueOf(scenario.rejected().size()));
        return arguments;
    }

    private Path home(String name) {
        return folder.resolve("home-" + name);
    }

    private Map<String, Object> properties(String name) {
        return Map.of(
                "sluice.root",
                ".",
                "sluice.home",
                home(name).toString(),
                "sluice.environment",
                name,
                "sluice.bigquery.endpoint",
                bigQuery.url(),
                "sluice.bigquery.token",
                TOKEN,
                // a thread that commits at moments of its own would make the points drift
                "sluice.bigquery.monitor.record",
                "false",
                "spring.datasource.url",
                urls.computeIfAbsent(name, each -> databases.apply(scenario.name() + "-" + each)));
    }

    /**
     * A life without a death.
     *
     * @param moments at which it could have died
     * @param exchanges with BigQuery
     * @param places what each moment was
     */
    record Calm(long moments, long exchanges, String digest, List<String> places) {}

    Calm calm() throws IOException {
        var life = new DeathSwitch(0);
        var network = new Fault.At(Fault.REQUEST_LOST, 0);
        seed("calm");
        try (var process = new JobProcess(life, network, properties("calm"))) {
            assertThat(process.start(arguments(scenario.unit())).exitCode()).isEqualTo(ExitCode.COMPLETED);
            long moments = life.count();
            long exchanges = network.count();
            List<String> places = life.places();
            return new Calm(moments, exchanges, digest(process, "calm"), places);
        }
    }

    /**
     * What two lives left behind.
     *
     * @param died false if the first ended before its moment: how often it polls depends on the machine
     * @param digest of all rows of the table
     */
    record Aftermath(boolean died, String digest) {}

    /** Runs, dies at {@code moment}, runs again. */
    Aftermath dieAt(long moment) throws IOException {
        return die("m" + moment, List.of(new DeathSwitch(moment)));
    }

    /** Runs and dies in each life, then runs once more. */
    Aftermath die(String name, List<DeathSwitch> deaths) throws IOException {
        seed(name);
        for (int life = 0; life < deaths.size(); life++) {
            try (var process = new JobProcess(deaths.get(life), properties(name))) {
                if (life == 0) {
                    beginIdsAt(LIVES.incrementAndGet() * STEPS_OF_A_LIFE, name);
                }
                endLeases(name);
                process.start(arguments(scenario.unit()));
            } catch (ProcessDeath expected) {
                assertThat(deaths.get(life).isDead()).isTrue();
            }
        }
        try (var process = new JobProcess(new DeathSwitch(0), properties(name))) {
            endLeases(name);
            LaunchOutcome outcome = process.start(arguments(scenario.otherUnit()));
            assertThat(outcome.exitCode())
                    .as("%s: %s", name, outcome.messages())
                    .isIn(ExitCode.COMPLETED, ExitCode.ALREADY_COMPLETED);
            return new Aftermath(deaths.stream().allMatch(DeathSwitch::isDead), digest(process, name));
        }
    }

    /** The owner is this very process, which lives; that it is dead is known to the test alone. */
    private void endLeases(String name) {
        repository(name)
                .sql("UPDATE SLUICE_LEASE SET EXPIRES_AT = TIMESTAMP WITH TIME ZONE '2000-01-01 00:00:00Z'")
                .update();
    }

    /** Past the death switches: what is done here is no moment of a life. */
    private JdbcClient repository(String name) {
        return JdbcClient.create(
                new DriverManagerDataSource(String.valueOf(properties(name).get("spring.datasource.url"))));
    }

    /**
     * What a run left behind to which something happened.
     *
     * @param struck false if the run ended before its exchange: how often it polls depends on the machine
     * @param digest of all rows of the table
     */
    record Befallen(boolean struck, String digest) {}

    /** Runs over a network on which one exchange goes wrong; a person starts it again if it gives up. */
    Befallen befallenAt(long exchange, Fault fault) throws IOException {
        String name = "f%dx%d".formatted(exchange, fault.ordinal());
        seed(name);
        var network = new Fault.At(fault, exchange);
        try (var process = new JobProcess(new DeathSwitch(0), network, properties(name))) {
            LaunchOutcome outcome = process.start(arguments(scenario.unit()));
            if (outcome.exitCode() != ExitCode.COMPLETED) {
                outcome = process.start(arguments(scenario.otherUnit()));
            }
            assertThat(outcome.exitCode())
                    .as("%s at exchange %d: %s", fault, exchange, outcome.messages())
                    .isEqualTo(ExitCode.COMPLETED);
            // what is asked from here on is the test's
            return new Befallen(network.end(), digest(process, name));
        }
    }

    /** Two processes start the same at the same moment; one owns it. */
    String twiceAtOnce() throws Exception {
        seed("twice");
        try (var one = new JobProcess(new DeathSwitch(0), properties("twice"));
                var other = new JobProcess(new DeathSwitch(0), properties("twice"))) {
            var first = new FutureTask<>(() -> one.start(arguments(scenario.unit())));
            new Thread(first, "first process").start();
            List<ExitCode> codes = List.of(
                    other.start(arguments(scenario.otherUnit())).exitCode(),
                    first.get(1, TimeUnit.MINUTES).exitCode());
            assertThat(codes)
                    .containsOnlyOnce(ExitCode.COMPLETED)
                    .containsAnyOf(ExitCode.ALREADY_RUNNING, ExitCode.ALREADY_COMPLETED);
            return digest(one, "twice");
        }
    }

    /**
     * Spring Batch keeps step contexts in a static map by step execution id, where those of a dead process stay; no two
     * processes of this JVM may have the same ids.
     */
    private void beginIdsAt(long first, String name) {
        for (String sequence : List.of("JOB_INSTANCE", "JOB_EXECUTION", "STEP_EXECUTION")) {
            repository(name)
                    .sql("ALTER SEQUENCE BATCH_%s_SEQ RESTART WITH %d".formatted(sequence, first))
                    .update();
        }
    }

    /** What is in the table, as one digest; first looks at everything else that a run must leave. */
    private String digest(JobProcess process, String name) {
        requireOneJobPerEffect(process, name);
        requireNothingLeased(process);
        requireRejectsOnce(process, name);
        return digestOfRows(process, name);
    }

    private String digestOfRows(JobProcess process, String name) {
        QueryRows rows = process.bean(BigQueryJobs.class)
                .query(
                        new SqlStatement("sweep", "SELECT * FROM " + table(name), Map.of()),
                        process.bean(Deadlines.class).start(Tier.USER));
        List<String> lines = new ArrayList<>();
        rows.rows().forEach(row -> {
            List<Object> values = new ArrayList<>();
            row.forEach(value -> values.add(value.getValue()));
            lines.add(JSON.writeValueAsString(values));
        });
        assertThat(lines).hasSize(scenario.rowsAfter());
        Collections.sort(lines);
        return sha256(String.join("\n", lines));
    }

    /** The receipt adds up, and what was set aside stands there once, whatever was read twice. */
    private void requireRejectsOnce(JobProcess process, String name) {
        Run run = new RunHistory(process.bean(DataSource.class), BigDecimal.ONE)
                .list(new RunFilter("bulk-insert", "COMPLETED", 1))
                .get(0);
        assertThat(List.of(
                        run.rowsRead(),
                        run.rowsRejected(),
                        run.rowsStaged(),
                        run.rowsInserted(),
                        run.rowsUpdated(),
                        run.rowsUnchanged(),
                        run.rowsDeleted()))
                .as("receipt of %s", name)
                .isEqualTo(scenario.receipt());
        if (scenario.isObjects()) {
            requireRejectsKept(process, String.valueOf(run.rejectFile()));
        } else {
            assertThat(Path.of(run.rejectFile()))
                    .as("reject file of %s", name)
                    .hasContent(String.join("\n", scenario.rejected()));
        }
        long deadLetters = process.bean(LedgerDatabase.class)
                .jdbc()
                .sql("SELECT COUNT(*) FROM SLUICE_DEAD_LETTER")
                .query(Long.class)
                .single();
        assertThat(deadLetters)
                .as("dead letters of %s", name)
                .isEqualTo(scenario.rejected().size());
    }

    private void requireRejectsKept(JobProcess process, String table) {
        assertThat(table).startsWith("table ");
        String sql = "SELECT number, content FROM `%s`".formatted(table.substring("table ".length()));
        QueryRows kept = process.bean(BigQueryJobs.class)
                .query(
                        new SqlStatement("sweep", sql, Map.of()),
                        process.bean(Deadlines.class).start(Tier.USER));
        assertThat(kept.rows()).as(table).hasSameSizeAs(scenario.rejected());
    }

    /** Tables that are appended to begin empty. */
    private void seed(String name) throws IOException {
        if (scenario.mode().equals("append")) {
            return;
        }
        var bigQuery = new SweepBigQuery(client());
        if (!urls.containsKey("seed")) {
            try (var process = new JobProcess(new DeathSwitch(0), properties("seed"))) {
                LaunchOutcome outcome = process.start(
                        Map.of("table", PLANS, "source", SweepScenario.PLANS.toString(), "org", "acme_corp"));
                assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
            }
        }
        bigQuery.createPlans("acme_corp_" + name);
        for (String statement : SweepScenario.SEED) {
            bigQuery.run(statement.replace("TARGET", table(name)).replace("PLANS", table("seed")));
        }
    }

    private static String table(String name) {
        return "`sluice-local.acme_corp_%s.%s`".formatted(name, PLANS);
    }

    private void requireOneJobPerEffect(JobProcess process, String name) {
        List<String> ids = process.bean(LedgerDatabase.class)
                .jdbc()
                .sql("SELECT BIGQUERY_JOB_ID FROM SLUICE_INTENT")
                .query(String.class)
                .list();
        Set<String> effects = ids.stream().map(BulkInsertSweep::effect).collect(Collectors.toSet());
        Map<String, Integer> successes = new TreeMap<>();
        for (JobList.Jobs job : jobs()) {
            String id = job.getJobReference().getJobId();
            if (ids.contains(id) && job.getErrorResult() == null) {
                successes.merge(effect(id), 1, Integer::sum);
            }
        }
        assertThat(successes.keySet())
                .as("effects with a successful BigQuery job in %s", name)
                .isEqualTo(effects)
                .hasSizeGreaterThan(FEWEST_EFFECTS);
        assertThat(successes.values()).containsOnly(1);
    }

    private static String effect(String bigQueryJobId) {
        return bigQueryJobId.substring(0, bigQueryJobId.lastIndexOf("-a"));
    }

    private List<JobList.Jobs> jobs() {
        try {
            return client().jobs()
                    .list("sluice-local")
                    .setMaxResults(10_000L)
                    .execute()
                    .getJobs();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Bigquery client() {
        return new Bigquery.Builder(
                        new com.google.api.client.http.javanet.NetHttpTransport(),
                        com.google.api.client.json.gson.GsonFactory.getDefaultInstance(),
                        request -> request.getHeaders().setAuthorization("Bearer " + TOKEN))
                .setRootUrl(bigQuery.url() + "/")
                .setApplicationName("sweep")
                .build();
    }

    private static void requireNothingLeased(JobProcess process) {
        long leased = process.bean(LedgerDatabase.class)
                .jdbc()
                .sql("SELECT COUNT(*) FROM SLUICE_LEASE WHERE NOT RELEASED AND EXPIRES_AT > CURRENT_TIMESTAMP")
                .query(Long.class)
                .single();
        assertThat(leased).isZero();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        bigQuery.close();
    }
}
