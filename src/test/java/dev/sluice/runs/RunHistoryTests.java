package dev.sluice.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ledger.Owner;
import dev.sluice.ledger.RepositoryMigration;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RunHistoryTests {

    private DataSource repository;
    private JdbcClient jdbc;
    private RunHistory history;

    @BeforeEach
    void open(@TempDir Path folder) {
        repository =
                new DriverManagerDataSource("jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1", "sa", "");
        jdbc = JdbcClient.create(repository);
        history = new RunHistory(repository, new BigDecimal("6.25"));
    }

    @Test
    void hasNothingToTellOfAnEmptyDatabase() {
        assertThat(history.list(new RunFilter(null, null, 10))).isEmpty();
        assertThat(history.find(1)).isEmpty();
    }

    @Test
    void listsTheNewestFirstByJobStatusAndLimit() {
        migrate();
        run(1, "insert", "a", "FAILED", "FAILED", null);
        run(2, "delete", "b", "COMPLETED", "COMPLETED", null);
        run(3, "insert", "c", "COMPLETED", "COMPLETED", null);

        assertThat(ids(new RunFilter(null, null, 10))).containsExactly(3L, 2L, 1L);
        assertThat(ids(new RunFilter("insert", null, 10))).containsExactly(3L, 1L);
        assertThat(ids(new RunFilter(null, "completed", 10))).containsExactly(3L, 2L);
        assertThat(ids(new RunFilter("insert", "COMPLETED", 10))).containsExactly(3L);
        assertThat(ids(new RunFilter(null, null, 1))).containsExactly(3L);
        assertThat(ids(new RunFilter("' OR 1=1 --", null, 10))).isEmpty();
    }

    @Test
    void listsByParametersAndPagesByNumber() {
        migrate();
        for (int run = 1; run <= 6; run++) {
            run(run, run < 6 ? "insert" : "delete", "key" + run, run % 2 == 0 ? "FAILED" : "COMPLETED", "", null);
            parameter(run, "org", run == 3 ? "acme_corp2" : "acme_corp");
            parameter(run, "source", "a,b=" + run % 3 + " ü");
        }
        Map<String, String> acme = Map.of("org", "acme_corp");

        assertThat(ids(by(null, null, acme, null))).containsExactly(6L, 5L, 4L, 2L, 1L);
        assertThat(ids(by(null, null, acme, 5L))).containsExactly(4L, 2L, 1L);
        assertThat(ids(by(null, "failed", acme, null))).containsExactly(6L, 4L, 2L);
        assertThat(ids(by("insert", "failed", acme, null))).containsExactly(4L, 2L);
        assertThat(ids(by(null, null, Map.of("org", "acme_corp", "source", "a,b=2 ü"), null)))
                .containsExactly(5L, 2L);
        assertThat(ids(by("delete", "failed", Map.of("org", "acme_corp", "source", "a,b=0 ü"), null)))
                .containsExactly(6L);
        assertThat(ids(by(null, null, Map.of("source", "a,b"), null))).isEmpty();
        assertThat(ids(by(null, "failed", Map.of(), 6L))).containsExactly(4L, 2L);
    }

    @Test
    void findsTheRunsOfAJobThatHasManyAndOfATime() {
        migrate();
        jdbc.sql(
                        "INSERT INTO BATCH_JOB_INSTANCE SELECT X, 0, 'often', CAST(X AS VARCHAR(32)) FROM SYSTEM_RANGE(1, 2500)")
                .update();
        jdbc.sql("INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS)"
                        + " SELECT X, 0, X, DATEADD(MINUTE, X, TIMESTAMP '2026-11-26 00:00:00'), 'COMPLETED'"
                        + " FROM SYSTEM_RANGE(1, 2500)")
                .update();
        run(2_501, "seldom", "s", "COMPLETED", "COMPLETED", null);

        assertThat(ids(by("often", null, Map.of(), 2_400L))).startsWith(2_399L).hasSize(10);
        assertThat(ids(by("often", "completed", Map.of(), null))).startsWith(2_500L);
        assertThat(ids(by("seldom", null, Map.of(), null))).containsExactly(2_501L);
        assertThat(ids(between("2026-11-26T10:00:00", "2026-11-26T10:03:00"))).containsExactly(602L, 601L, 600L);
        assertThat(ids(between("2036-11-26T10:00:00", "2046-11-26T10:03:00"))).isEmpty();
    }

    private static RunFilter by(
            @Nullable String job, @Nullable String status, Map<String, String> parameters, @Nullable Long before) {
        return new RunFilter(job, status, parameters, null, null, before, 10);
    }

    private static RunFilter between(String since, String until) {
        return new RunFilter(null, null, Map.of(), local(since), local(until), null, 10);
    }

    private static Instant local(String time) {
        return LocalDateTime.parse(time).atZone(ZoneId.systemDefault()).toInstant();
    }

    private void parameter(long run, String name, String value) {
        jdbc.sql("INSERT INTO BATCH_JOB_EXECUTION_PARAMS VALUES (?, ?, 'java.lang.String', ?, 'Y')")
                .params(run, name, value)
                .update();
    }

    @Test
    void tellsTheExitCodeAndTheFirstLineOfAFailure() {
        migrate();
        run(1, "insert", "a", "FAILED", "DEADLINE_EXCEEDED", "dev.sluice.Late: too late for 'x'\n\tat secret.Stack");
        run(2, "insert", "b", "STOPPED", "STOPPED", "");
        run(3, "insert", "c", "FAILED", "REFUSED", "the source changed");
        run(4, "insert", "d", "FAILED", "UNKNOWN", null);

        assertThat(history.find(1).orElseThrow().exitCode()).isEqualTo(6);
        assertThat(history.find(1).orElseThrow().failure()).isEqualTo("too late for 'x'");
        assertThat(history.find(2).orElseThrow().exitCode()).isEqualTo(5);
        assertThat(history.find(2).orElseThrow().failure()).isNull();
        assertThat(history.find(3).orElseThrow().exitCode()).isEqualTo(7);
        assertThat(history.find(4).orElseThrow().exitCode()).isEqualTo(1);
        assertThat(history.find(4).orElseThrow().ownerDied()).isFalse();
    }

    @Test
    void knowsARunningRunFromOneWhoseOwnerDied() {
        migrate();
        Owner alive = Owner.current();
        for (int run = 3; run <= 8; run++) {
            run(run, "insert", String.valueOf("abcdef".charAt(run - 3)), "STARTED", "UNKNOWN", null);
        }
        lease("a", alive, 3L, 30, false);
        lease("b", alive, null, 30, false);
        lease("c", new Owner(alive.host(), alive.pid(), alive.startedMillis() - 60_000), 5L, 30, false);
        lease("d", new Owner("elsewhere", 1, 1), 6L, -1, false);
        lease("e", alive, 7L, 30, true);
        lease("f", alive, 99L, 30, false);

        assertThat(history.list(new RunFilter(null, "STARTED", 10)).stream()
                        .filter(Run::ownerDied)
                        .map(Run::run))
                .containsExactly(8L, 7L, 6L, 5L);
        assertThat(history.find(3).orElseThrow().exitCode()).isNull();
    }

    @Test
    void showsReceiptStepsParametersAndBigQueryJobs() {
        migrate();
        run(1, "insert", "a", "COMPLETED", "COMPLETED", null);
        jdbc.sql("INSERT INTO BATCH_JOB_EXECUTION_PARAMS VALUES (1, 'table', 'java.lang.String', 't', 'Y')")
                .update();
        jdbc.sql(
                        "INSERT INTO BATCH_STEP_EXECUTION (STEP_EXECUTION_ID, VERSION, STEP_NAME, JOB_EXECUTION_ID, CREATE_TIME,"
                                + " STATUS, READ_COUNT, WRITE_COUNT) VALUES (1, 1, 'load', 1, CURRENT_TIMESTAMP, 'COMPLETED', 4, 3)")
                .update();
        jdbc.sql("INSERT INTO SLUICE_RECEIPT VALUES"
                        + " ('insert', 'a', 1, 1, 10, 1, 9, 5, 3, 1, 'd', '/rejects', CURRENT_TIMESTAMP, 7)")
                .update();
        jdbc.sql("INSERT INTO SLUICE_INTENT (EFFECT, ATTEMPT, BIGQUERY_JOB_ID, JOB_NAME, JOB_KEY, GENERATION, RUN_ID,"
                        + " STEP, UNIT_RANGE, UNIT_DIGEST, KIND, DESTINATION, STATE, ROWS_OUT, BYTES_BILLED, DECLARED_AT)"
                        + " VALUES ('e', 2, 'sluice-e-a2', 'insert', 'a', 1, 1, 'load', '0-9', 'd', 'QUERY', 't', 'DONE',"
                        + " 9, ?, CURRENT_TIMESTAMP)")
                .param(1L << 39)
                .update();

        Run run = history.find(1).orElseThrow();

        assertThat(run.parameters()).containsOnlyKeys("table").containsValue("t");
        assertThat(List.of(run.rowsRead(), run.rowsRejected(), run.rowsStaged()))
                .containsExactly(10L, 1L, 9L);
        assertThat(List.of(run.rowsInserted(), run.rowsUpdated(), run.rowsUnchanged(), run.rowsDeleted()))
                .containsExactly(5L, 3L, 1L, 7L);
        assertThat(run.rejectFile()).isEqualTo("/rejects");
        assertThat(run.steps()).containsExactly(new RunStep("load", "COMPLETED", 4, 3, null, null));
        assertThat(run.bigQueryJobs())
                .containsExactly(new RunBigQueryJob(
                        "sluice-e-a2", "QUERY", "DONE", 2, null, 1L << 39, null, 9L, new BigDecimal("3.125000")));
    }

    private void migrate() {
        RepositoryMigration.migrate(repository, Path.of("."));
    }

    private List<Long> ids(RunFilter filter) {
        return history.list(filter).stream().map(Run::run).toList();
    }

    /** A run of an instance of its own; one that is STARTED has no end. */
    private void run(long id, String job, String key, String status, String exit, @Nullable String message) {
        jdbc.sql("INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY) VALUES (?, 0, ?, ?)")
                .params(id, job, key)
                .update();
        jdbc.sql("INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, START_TIME,"
                        + " END_TIME, STATUS, EXIT_CODE, EXIT_MESSAGE) VALUES (?, 0, ?, LOCALTIMESTAMP, LOCALTIMESTAMP, "
                        + (status.equals("STARTED") ? "NULL" : "LOCALTIMESTAMP") + ", ?, ?, ?)")
                .param(id)
                .param(id)
                .param(status)
                .param(exit)
                .param(message)
                .update();
    }

    private void lease(String key, Owner owner, @Nullable Long run, int seconds, boolean released) {
        jdbc.sql("INSERT INTO SLUICE_LEASE (JOB_NAME, JOB_KEY, FENCE, OWNER_HOST, OWNER_PID, OWNER_STARTED, RUN_ID,"
                        + " CHECKS, HEARTBEAT_AT, EXPIRES_AT, RELEASED) VALUES ('insert', ?, 1, ?, ?, ?, ?, 0, CURRENT_TIMESTAMP,"
                        + " DATEADD(SECOND, ?, CURRENT_TIMESTAMP), ?)")
                .param(key)
                .param(owner.host())
                .param(owner.pid())
                .param(owner.startedMillis())
                .param(run)
                .param(seconds)
                .param(released)
                .update();
    }
}
