package dev.sluice.jobs.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.launch.ExitCode;
import dev.sluice.launch.Instruction;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Lease;
import dev.sluice.ledger.LeaseAttempt;
import dev.sluice.ledger.Leases;
import dev.sluice.ledger.Owner;
import dev.sluice.runs.Run;
import dev.sluice.runs.RunPurge;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/** What a purge removes and what it leaves, on every repository database; tests share one and keep apart by labels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PurgeContract {

    private static final Instruction ANN = new Instruction("ann", "she had to");

    private RetentionProcess process;

    /** Of an empty database, user included. */
    abstract String url(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        process = new RetentionProcess(Files.createDirectories(folder.resolve("checkout")), url(folder));
    }

    @AfterAll
    void close() {
        process.close();
    }

    @Test
    void removesWhatIsFinishedAndOldAndNothingElse() {
        process.sample("a-old", 200);
        long resumed = process.sample("bad-then-good", 200);
        process.repository()
                .sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'COMPLETED' WHERE JOB_EXECUTION_ID = ?")
                .param(resumed)
                .update();
        long abandoned = process.sample("bad-given-up", 200);
        process.launcher().abandon(abandoned, ANN);
        process.sample("a-young", 20);
        process.sample("bad-restartable", 200);
        long open = process.sample("bad-open", 200);
        process.effect(open, "INTENT");
        process.launcher().abandon(open, ANN);
        process.effect(process.sample("heir-did-not-need-it", 200), "INTENT");
        long running = process.sample("running", 200);
        process.repository()
                .sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL WHERE JOB_EXECUTION_ID = ?")
                .param(running)
                .update();
        long unknown = process.sample("unknown", 200);
        process.repository()
                .sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'UNKNOWN' WHERE JOB_EXECUTION_ID = ?")
                .param(unknown)
                .update();
        process.sample("held", 200);

        Lease held = held("held");
        process.purge("batch=everything");
        held.close();

        assertThat(process.labels())
                .contains("a-young", "bad-restartable", "bad-open", "running", "unknown", "held")
                .doesNotContain("a-old", "bad-then-good", "bad-given-up", "heir-did-not-need-it");
        process.repository()
                .sql("UPDATE SLUICE_INTENT SET STATE = 'DONE' WHERE RUN_ID = ?")
                .param(open)
                .update();
        process.purge("batch=let-go");
        assertThat(process.labels())
                .contains("a-young", "bad-restartable", "running", "unknown")
                .doesNotContain("held", "bad-open");
        assertThat(process.show(open).bigQueryJobs())
                .as("its effects are old, too")
                .isEmpty();
    }

    private Lease held(String label) {
        var parameters = new JobParametersBuilder().addString("label", label).toJobParameters();
        LeaseAttempt attempt =
                process.bean(Leases.class).acquire(InstanceKey.of("sample", parameters), Owner.current());
        return ((LeaseAttempt.Acquired) attempt).lease();
    }

    @Test
    void whatIsCompletedStaysCompletedAndCanBeDoneAnew() {
        long run = process.sample("kept", 200);
        process.repository()
                .sql("INSERT INTO SLUICE_ACTION (RUN_ID, VERB, ACTOR, BEFORE_STATUS, BEGUN_AT)"
                        + " VALUES (?, 'stop', 'ann', 'STARTED', CURRENT_TIMESTAMP)")
                .param(run)
                .update();
        Run before = process.show(run);

        process.purge("batch=kept");

        Run after = process.show(run);
        assertThat(after.purged()).isNotNull();
        assertThat(after.steps()).isEmpty();
        assertThat(after.parameters()).isEqualTo(before.parameters());
        assertThat(List.of(after.job(), after.status(), after.instance(), after.exitCode()))
                .isEqualTo(List.of(before.job(), before.status(), before.instance(), before.exitCode()));
        assertThat(after.ended()).isCloseTo(before.ended(), within(1, ChronoUnit.MILLIS));
        assertThat(after.actions()).isEqualTo(before.actions());
        int bodies = process.bodies();
        LaunchOutcome again = process.start("sample", Map.of("label", "kept"));
        assertThat(again.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(again.runId()).isEqualTo(run);
        assertThat(process.launcher()
                        .restart(run, (id, job, parameters, resumed) -> {})
                        .exitCode())
                .isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(process.launcher().planRestart(run).exitCode()).isEqualTo(3);
        assertThat(process.launcher().recover(run).exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(process.launcher().abandon(run, ANN).exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(process.bodies()).isEqualTo(bodies);

        LaunchOutcome anew = process.launcher().rerun(run, ANN, (id, job, parameters, resumed) -> {});
        assertThat(anew.exitCode()).as("%s", anew).isEqualTo(ExitCode.COMPLETED);
        assertThat(process.show(anew.runId()).generation()).isEqualTo(2);
        assertThat(process.bodies()).isEqualTo(bodies + 1);
        process.age(anew.runId(), 200);
        process.purge("batch=kept again");
        LaunchOutcome third = process.start("sample", Map.of("label", "kept"));
        assertThat(third.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(third.runId()).as("the newest generation").isEqualTo(anew.runId());
        assertThat(process.show(anew.runId()).generation()).isEqualTo(2);
    }

    @Test
    void whatIsAbandonedStaysAbandoned() {
        long run = process.sample("bad-gone", 200);
        process.launcher().abandon(run, ANN);
        process.purge("batch=gone");

        assertThat(process.start("sample", Map.of("label", "bad-gone")).exitCode())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(process.launcher().abandon(run, ANN).exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(process.launcher()
                        .rerun(run, ANN, (id, job, parameters, resumed) -> {})
                        .exitCode())
                .as("it fails once more")
                .isEqualTo(ExitCode.FAILED);
    }

    /** The effect that published it, or not, has been forgotten. */
    @Test
    void contentThatAnAbandonedRunMayHavePublishedStaysItsOwn() {
        long run = process.sample("bad-claim", 200);
        process.claim(run);
        process.effect(run, "DONE");
        process.launcher().abandon(run, ANN);
        process.purge("batch=claim");

        assertThat(process.launcher().abandon(run, ANN).exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(process.claims(run)).isOne();
    }

    @Test
    void aDryRunCountsAndListsWhatGoesAndChangesNothing() throws IOException {
        process.purge("batch=clear");
        process.effect(process.sample("dry-1", 200), "DONE");
        process.sample("dry-2", 200);
        Map<String, Long> before = sizes();

        Run dry = process.purge("dryRun=true", "batch=dry", "blockSize=1");

        assertThat(sizes()).isEqualTo(before);
        RunPurge foretold = dry.purge();
        assertThat(foretold.dryRun()).isTrue();
        assertThat(Files.readAllLines(Path.of(foretold.list())))
                .hasSize(2)
                .allMatch(line -> line.matches("run \\d+ of sample, the last of instance \\d+, ended .*"));
        Run wet = process.purge("batch=wet");
        assertThat(wet.purge().rows()).isEqualTo(foretold.rows());
        assertThat(rows(wet))
                .containsEntry("BATCH_JOB_INSTANCE", 2L)
                .containsEntry("BATCH_JOB_EXECUTION", 2L)
                .containsEntry("BATCH_STEP_EXECUTION", 2L)
                .containsEntry("SLUICE_INTENT", 1L)
                .containsEntry("SLUICE_DEAD_LETTER", 1L);
    }

    private Map<String, Long> sizes() {
        Map<String, Long> sizes = new TreeMap<>();
        for (PurgedTable table : PurgedTable.values()) {
            sizes.put(table.name(), process.count(table.name() + notOfPurges(table)));
        }
        return sizes;
    }

    /** The dry run's own records grow. */
    private static String notOfPurges(PurgedTable table) {
        String runs = " (SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION E JOIN BATCH_JOB_INSTANCE I"
                + " ON I.JOB_INSTANCE_ID = E.JOB_INSTANCE_ID WHERE I.JOB_NAME <> 'purge')";
        return switch (table) {
            case BATCH_JOB_INSTANCE -> " WHERE JOB_NAME <> 'purge'";
            case BATCH_STEP_EXECUTION_CONTEXT ->
                " WHERE STEP_EXECUTION_ID IN (SELECT STEP_EXECUTION_ID FROM BATCH_STEP_EXECUTION"
                        + " WHERE JOB_EXECUTION_ID IN" + runs + ")";
            case SLUICE_RECOVERY, SLUICE_INTENT, SLUICE_DEAD_LETTER -> "";
            default -> " WHERE JOB_EXECUTION_ID IN" + runs;
        };
    }

    private static Map<String, Long> rows(Run purge) {
        return purge.purge().rows().stream().collect(Collectors.toMap(RunPurge.Removed::table, RunPurge.Removed::rows));
    }

    @Test
    void effectsOutliveARunThatGoesEarlyUntilBigQueryHasForgottenThem() {
        long run = process.sample("early", 100);
        process.effect(run, "DONE");

        Run early = process.purge("age=90d", "batch=early");
        assertThat(rows(early)).containsEntry("SLUICE_INTENT", 0L);
        assertThat(process.show(run).purged()).isNotNull();
        assertThat(process.show(run).bigQueryJobs()).hasSize(1);

        process.repository()
                .sql("UPDATE SLUICE_RUN_SUMMARY SET END_TIME = END_TIME - INTERVAL '100' DAY WHERE RUN_ID = ?")
                .param(run)
                .update();
        Run late = process.purge("age=90d", "batch=late");
        assertThat(rows(late)).containsEntry("SLUICE_INTENT", 1L).containsEntry("SLUICE_DEAD_LETTER", 1L);
        assertThat(process.show(run).bigQueryJobs()).isEmpty();
    }

    @Test
    void refusesWhatIsTooYoungAndTheSamePurgeTwice() {
        assertThat(process.start("purge", RetentionProcess.words("age=23h")).messages())
                .singleElement()
                .asString()
                .contains("'age' must be from 1d");
        assertThat(process.start("purge", RetentionProcess.words("age=soon")).exitCode())
                .isEqualTo(ExitCode.INVALID);
        assertThat(process.start("purge", RetentionProcess.words("blockSize=0")).exitCode())
                .isEqualTo(ExitCode.INVALID);
        Run first = process.purge("age=48h", "batch=twice", "dryRun=true");
        LaunchOutcome second = process.start("purge", RetentionProcess.words("age=2d", "batch=twice", "dryRun=true"));
        assertThat(second.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(second.runId()).isEqualTo(first.run());
        assertThat(second.messages()).first().asString().contains("batch=<label>");
    }

    @Test
    void nobodyWhoStartsMeanwhileDoesItAgain() throws Exception {
        int instances = 12;
        for (int i = 0; i < instances; i++) {
            process.sample("raced-" + i, 200);
        }
        int bodies = process.bodies();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<LaunchOutcome>> work = new ArrayList<>();
            work.add(() -> process.start("purge", RetentionProcess.words("batch=raced", "blockSize=1")));
            for (int i = 0; i < 2 * instances; i++) {
                String label = "raced-" + i % instances;
                work.add(() -> process.start("sample", Map.of("label", label)));
            }
            List<Future<LaunchOutcome>> outcomes = threads.invokeAll(work);
            assertThat(outcomes.get(0).get().exitCode()).isEqualTo(ExitCode.COMPLETED);
            for (Future<LaunchOutcome> outcome : outcomes.subList(1, outcomes.size())) {
                assertThat(outcome.get().exitCode())
                        .as("%s", outcome.get())
                        .isIn(ExitCode.ALREADY_COMPLETED, ExitCode.ALREADY_RUNNING);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(process.bodies()).isEqualTo(bodies);
    }

    /** A few moments, others each day. */
    @Test
    void nothingGoesTwiceOrStaysAfterADeathAtTodaysMoments() {
        long moments = calm();
        long day = LocalDate.now(ZoneOffset.UTC).toEpochDay();
        for (long i = 0; i < 2; i++) {
            dieAt(1 + (day * 2 + i) * 7 % moments);
        }
    }

    @Test
    @Tag("sweep")
    void nothingGoesTwiceOrStaysWheneverItDies() {
        long moments = calm();
        int covered = 0;
        for (long moment = 1; moment <= moments; moment++) {
            if (Shard.chosen().covers(moment)) {
                dieAt(moment);
                covered++;
            }
        }
        System.out.printf("%s: %d of %d moments%n", getClass().getSimpleName(), covered, moments);
    }

    private Map<String, Long> whole;

    private long calm() {
        process.purge("batch=before the deaths");
        plant("calm");
        long moments = process.live(0, RetentionProcess.words("batch=calm", "blockSize=2"));
        whole = rows(process.show(lastRun()));
        assertThat(whole).containsEntry("BATCH_JOB_INSTANCE", 5L).containsEntry("SLUICE_INTENT", 1L);
        return moments;
    }

    private void dieAt(long moment) {
        String name = "death-" + moment;
        plant(name);
        process.live(moment, RetentionProcess.words("batch=" + name, "blockSize=2"));

        LaunchOutcome outcome = process.start("purge", RetentionProcess.words("batch=" + name, "blockSize=3"));

        assertThat(outcome.exitCode()).as("%s", outcome).isIn(ExitCode.COMPLETED, ExitCode.ALREADY_COMPLETED);
        assertThat(rows(process.show(outcome.runId()))).as(name).isEqualTo(whole);
        assertThat(process.labels()).noneMatch(label -> label.startsWith(name));
        assertThat(process.count("SLUICE_RUN_SUMMARY S WHERE EXISTS (SELECT 1 FROM SLUICE_RUN_SUMMARY_PARAMETER P"
                        + " WHERE P.RUN_ID = S.RUN_ID AND P.PARAMETER_VALUE LIKE '" + name + ":%')"))
                .isEqualTo(5);
    }

    private void plant(String name) {
        for (int i = 0; i < 5; i++) {
            long run = process.sample("%s:%d".formatted(name, i), 200);
            if (i == 3) {
                process.effect(run, "DONE");
            }
        }
    }

    private long lastRun() {
        return process.repository()
                .sql("SELECT MAX(JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION")
                .query(Long.class)
                .single();
    }
}
