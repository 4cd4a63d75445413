package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.definition.ExitHint;
import dev.sluice.ledger.EffectFate;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.EffectLookup;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Intent;
import dev.sluice.ledger.IntentState;
import dev.sluice.ledger.Intents;
import dev.sluice.ledger.Lease;
import dev.sluice.ledger.LeaseAttempt;
import dev.sluice.ledger.Leases;
import dev.sluice.ledger.Owner;
import dev.sluice.ledger.Publication;
import dev.sluice.ledger.Publications;
import dev.sluice.runs.Run;
import dev.sluice.runs.RunAction;
import dev.sluice.runs.RunHistory;
import dev.sluice.schedule.Scheduler;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What may be done to a run that is there, on every repository database; each test has an instance of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunVerbsContract {

    private static final LaunchObserver SILENT = (runId, job, parameters, resumed) -> {};
    private static final Instruction ANN = new Instruction("ann", "she had to");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicInteger bodies = new AtomicInteger();
    private ConfigurableApplicationContext context;
    private Launcher launcher;
    private JobRepository repository;
    private RunHistory history;

    @BeforeAll
    void open(@TempDir Path root) {
        context = LaunchedJobs.start(root, url(root));
        launcher = context.getBean(Launcher.class);
        repository = context.getBean(JobRepository.class);
        history = new RunHistory(context.getBean(DataSource.class), BigDecimal.ONE);
    }

    /** Of an empty database, user included. */
    abstract String url(Path folder);

    @AfterAll
    void close() {
        context.close();
    }

    @BeforeEach
    void reset() {
        bodies.set(0);
        bigQueryKnows(intent -> new EffectFate.Absent());
        works((contribution, chunk) -> RepeatStatus.FINISHED);
    }

    @Test
    void stopsARunWhenItsChunkEndsAndNotBefore() throws Exception {
        var inTheMiddle = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        works((contribution, chunk) -> {
            inTheMiddle.countDown();
            goOn.await();
            return RepeatStatus.CONTINUABLE;
        });
        AtomicReference<Long> run = new AtomicReference<>();
        var started = CompletableFuture.supplyAsync(() -> launcher.start(
                "sample", Map.of("label", "stopped"), Path.of("."), (id, job, parameters, resumed) -> run.set(id)));
        assertThat(inTheMiddle.await(60, TimeUnit.SECONDS)).isTrue();
        List<String> news = new ArrayList<>();

        LaunchOutcome early = launcher.stop(run.get(), ANN, Duration.ofMillis(300), news::add);

        assertThat(early.exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(early.messages()).singleElement().asString().contains("is stopping, but", "still works on it");
        assertThat(news).singleElement().asString().contains("asked process ");
        Run meanwhile = shown(run.get());
        assertThat(meanwhile.status()).isEqualTo("STARTED");
        assertThat(meanwhile.stopping()).isTrue();
        assertThat(meanwhile.hasEnded()).isFalse();
        assertThat(launcher.restart(run.get(), SILENT).exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(launcher.recover(run.get()).exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(launcher.abandon(run.get(), ANN).exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(launcher.planRestart(run.get()).exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING.number());

        goOn.countDown();
        LaunchOutcome late = launcher.stop(run.get(), ANN, LONG, news::add);

        assertThat(late.exitCode()).as("%s", late).isEqualTo(ExitCode.COMPLETED);
        assertThat(started.get(60, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.STOPPED);
        Run stopped = shown(run.get());
        assertThat(stopped.status()).isEqualTo("STOPPED");
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED.number());
        assertThat(stopped.stopping()).isFalse();
        assertThat(launcher.stop(run.get(), ANN, LONG, news::add).messages())
                .containsExactly("run %d is stopped already".formatted(run.get()));
        works((contribution, chunk) -> RepeatStatus.FINISHED);
        assertThat(launcher.restart(run.get(), SILENT).exitCode()).isEqualTo(ExitCode.COMPLETED);
    }

    @Test
    void stopsNobodyWhoTakesOverAfterwards() {
        long failed = failed("heir");
        context.getBean(JdbcClient.class)
                .sql("UPDATE SLUICE_LEASE SET STOP_FENCE = FENCE WHERE RUN_ID = ?")
                .param(failed)
                .update();

        assertThat(launcher.restart(failed, SILENT).exitCode()).isEqualTo(ExitCode.COMPLETED);
    }

    @Test
    void pointsToRecoverIfTheOwnerIsDead() {
        long orphan = orphan("widow", BatchStatus.STARTED);
        LaunchOutcome outcome = launcher.stop(orphan, ANN, LONG, line -> {});

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(outcome.messages()).singleElement().asString().contains("is dead", "'recover " + orphan);
        assertThat(shown(orphan).actions())
                .singleElement()
                .satisfies(action -> assertThat(action.outcome()).isEqualTo("INVALID"));
    }

    @Test
    void refusesToStopWhatHasEnded() {
        long completed = start("ended").runId();
        assertThat(launcher.stop(completed, ANN, LONG, line -> {}).exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(launcher.stop(failed("ended badly"), ANN, LONG, line -> {}).exitCode())
                .isEqualTo(ExitCode.INVALID);
        assertThat(launcher.stop(987_654, ANN, LONG, line -> {}).messages())
                .containsExactly("there is no run 987654; see 'runs'");
    }

    @Test
    void notesWhoDidWhatWhenWhyWithBeforeAndAfter() throws Exception {
        Instant began = now();
        long orphan = orphan("noted", BatchStatus.STARTED);
        launcher.recover(orphan, ANN);
        LaunchOutcome resumed = launcher.restart(orphan, new Instruction("bob", null), SILENT);
        long given = failed("noted too");
        launcher.abandon(given, ANN);
        launcher.abandon(given, new Instruction("bob", "to be sure"));
        LaunchOutcome anew = launcher.rerun(given, ANN, SILENT);
        LaunchOutcome mended = launcher.redrive(resumed.runId(), Map.of("label", "mended"), Path.of("."), ANN, SILENT);
        long stopped = stopped();

        assertThat(noted(orphan))
                .containsExactly(
                        "recover by ann because she had to: STARTED, then FAILED (COMPLETED)",
                        "restart by bob because null: FAILED, then run %d COMPLETED (COMPLETED)"
                                .formatted(resumed.runId()));
        assertThat(noted(given))
                .containsExactly(
                        "abandon by ann because she had to: FAILED, then ABANDONED (COMPLETED)",
                        "abandon by bob because to be sure: ABANDONED, then ABANDONED (COMPLETED)",
                        "rerun by ann because she had to: ABANDONED, then run %d COMPLETED (COMPLETED)"
                                .formatted(anew.runId()));
        assertThat(noted(resumed.runId()))
                .containsExactly("redrive by ann because she had to: COMPLETED, then run %d COMPLETED (COMPLETED)"
                        .formatted(mended.runId()));
        assertThat(noted(stopped)).containsExactly("stop by ann because she had to: STARTED, then STOPPED (COMPLETED)");
        assertThat(Stream.of(orphan, given, resumed.runId(), stopped)
                        .flatMap(run -> shown(run).actions().stream())
                        .map(RunAction::at))
                .as("when, by the database")
                .allSatisfy(at -> assertThat(at).isBetween(began, now()));
    }

    private Instant now() {
        return context.getBean(JdbcClient.class)
                .sql("SELECT CURRENT_TIMESTAMP FROM SLUICE_ADMISSION")
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    private List<String> noted(long run) {
        return shown(run).actions().stream()
                .map(action -> "%s by %s because %s: %s, then %s (%s)"
                        .formatted(
                                action.verb(),
                                action.who(),
                                action.why(),
                                action.before(),
                                action.after(),
                                action.outcome()))
                .toList();
    }

    /** A run that was asked to stop while it was in the middle of something, and did. */
    private long stopped() throws Exception {
        var inTheMiddle = new CountDownLatch(1);
        works((contribution, chunk) -> {
            inTheMiddle.countDown();
            return RepeatStatus.CONTINUABLE;
        });
        AtomicReference<Long> run = new AtomicReference<>();
        var started = CompletableFuture.supplyAsync(() -> launcher.start(
                "sample", Map.of("label", "stopped too"), Path.of("."), (id, job, values, resumed) -> run.set(id)));
        assertThat(inTheMiddle.await(60, TimeUnit.SECONDS)).isTrue();
        launcher.stop(run.get(), ANN, LONG, news -> {});
        assertThat(started.get(60, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.STOPPED);
        return run.get();
    }

    @Test
    void theSchedulerRecoversAndRestartsOnRecord() throws InterruptedException {
        long orphan = orphan("left alone", BatchStatus.STARTED);
        Intent open = intended(orphan, "happened");
        bigQueryKnows(RunVerbsContract::fate);

        assertThat(context.getBean(Scheduler.class).runDue()).contains(ExitCode.COMPLETED);

        String node = Owner.current().toString();
        assertThat(noted(orphan))
                .containsExactly(
                        "recover by %s because its owner is gone, or its quota renewed; the scheduler resumes it: STARTED, then FAILED (COMPLETED)"
                                .formatted(node),
                        "restart by %s because its owner is gone, or its quota renewed; the scheduler resumes it: FAILED, then run %d COMPLETED (COMPLETED)"
                                .formatted(node, last("left alone")));
        assertThat(state(open)).isEqualTo(IntentState.DONE);
    }

    @Test
    void theSchedulerMarksNothingWhileBigQueryCannotBeAsked() throws InterruptedException {
        long orphan = orphan("not yet", BatchStatus.STARTED);
        intended(orphan, "happened");
        bigQueryKnows(intent -> {
            throw new Silence();
        });

        assertThat(context.getBean(Scheduler.class).runDue()).contains(ExitCode.UNAVAILABLE);

        assertThat(shown(orphan).status()).isEqualTo("STARTED");
        assertThat(last("not yet")).as("no other run of it").isEqualTo(orphan);
        bigQueryKnows(RunVerbsContract::fate);
        assertThat(start("not yet").exitCode()).isEqualTo(ExitCode.COMPLETED);
    }

    /** What is said of each fate, what the ledger has of it afterwards, and that nothing else is asked for. */
    @Test
    void settlesFirstWhatBigQueryCanTellOfOpenIntents() {
        long orphan = orphan("open", BatchStatus.STARTED);
        List<Intent> open = Stream.of("happened", "failed", "running", "absent", "foreign")
                .map(fate -> intended(orphan, fate))
                .toList();
        var intents = context.getBean(Intents.class);
        Intent done = intended(orphan, "done before");
        intents.done(done, receipt(done), orphan);
        intents.failed(intended(orphan, "failed before"), "in time", orphan);
        List<String> asked = new ArrayList<>();
        bigQueryKnows(intent -> {
            asked.add(intent.destination());
            return fate(intent);
        });

        LaunchOutcome outcome = launcher.recover(orphan, ANN);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(asked).containsExactly("happened", "failed", "running", "absent", "foreign");
        assertThat(outcome.messages())
                .containsExactly(
                        told(open.get(0), "had happened; it is in the ledger now"),
                        told(open.get(1), "had failed; a restart sends it again"),
                        told(open.get(2), "is running; a restart waits for it"),
                        told(open.get(3), "has not arrived; a restart sends it again under the same id"),
                        told(
                                open.get(4),
                                "stands for something else; a restart will refuse, look at it in the console"),
                        "run %d is marked FAILED; 'restart %d' resumes it".formatted(orphan, orphan));
        assertThat(open)
                .extracting(this::state)
                .containsExactly(
                        IntentState.DONE,
                        IntentState.FAILED,
                        IntentState.INTENT,
                        IntentState.INTENT,
                        IntentState.INTENT);
        assertThat(intents.find(open.get(0).key()).orElseThrow().receipt()).isEqualTo(receipt(open.get(0)));
        assertThat(shown(orphan).status()).isEqualTo("FAILED");
    }

    @Test
    void marksNothingWhileBigQueryCannotBeAsked() {
        long orphan = orphan("silent", BatchStatus.STARTED);
        Intent open = intended(orphan, "happened");
        bigQueryKnows(intent -> {
            throw new Silence();
        });

        LaunchOutcome outcome = launcher.recover(orphan, ANN);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(outcome.messages()).containsExactly("BigQuery does not answer");
        assertThat(shown(orphan).status()).isEqualTo("STARTED");
        assertThat(shown(orphan).hasEnded()).isFalse();
        assertThat(state(open)).isEqualTo(IntentState.INTENT);
        assertThat(noted(orphan))
                .as("an action without an end")
                .containsExactly("recover by ann because she had to: STARTED, then null (null)");
        bigQueryKnows(RunVerbsContract::fate);
        assertThat(launcher.recover(orphan, ANN).exitCode()).isEqualTo(ExitCode.COMPLETED);
    }

    @Test
    void foretellsWhatARestartWouldDoAboutEachBigQueryJob() {
        long run = failed("foretold");
        List<String> fates = List.of("happened", "failed", "running", "absent", "foreign");
        List<Intent> open = new ArrayList<>();
        var intents = context.getBean(Intents.class);
        asOwner(run, () -> {
            fates.forEach(fate -> open.add(intended(run, fate)));
            Intent done = intended(run, "done before");
            intents.done(done, receipt(done), run);
            intents.failed(intended(run, "failed before"), "in time", run);
        });
        bigQueryKnows(RunVerbsContract::fate);

        RestartPlan plan = launcher.planRestart(run);

        assertThat(plan.bigQueryJobs())
                .extracting(
                        RestartPlan.PlannedJob::destination, RestartPlan.PlannedJob::state, planned -> planned.plan())
                .containsExactlyInAnyOrder(
                        tuple("happened", "INTENT", "adopt"),
                        tuple("failed", "INTENT", "send anew"),
                        tuple("running", "INTENT", "await"),
                        tuple("absent", "INTENT", "send again"),
                        tuple("foreign", "INTENT", "refuse"),
                        tuple("done before", "DONE", "keep"),
                        tuple("failed before", "FAILED", "send anew"));
        assertThat(open).extracting(this::state).as("it changes nothing").containsOnly(IntentState.INTENT);
    }

    private static String told(Intent intent, String words) {
        return "BigQuery job %s (load): %s".formatted(intent.bigQueryJobId(), words);
    }

    /** What a run did before it let go of its lease. */
    private void asOwner(long run, Runnable work) {
        InstanceKey instance = LaunchRequest.of(repository.getJobExecution(run)).instance();
        var attempt = (LeaseAttempt.Acquired) context.getBean(Leases.class).acquire(instance, Owner.current());
        try (Lease lease = attempt.lease()) {
            lease.attachRun(run);
            work.run();
        }
    }

    private Intent intended(long run, String destination) {
        InstanceKey instance = LaunchRequest.of(repository.getJobExecution(run)).instance();
        return context.getBean(Intents.class)
                .declare(new EffectKey(instance, "second", destination, "d"), 1, run, "load", destination);
    }

    private IntentState state(Intent intent) {
        return context.getBean(Intents.class).find(intent.key()).orElseThrow().state();
    }

    /** The destination says what became of it. */
    private static EffectFate fate(Intent intent) {
        return switch (intent.destination()) {
            case "happened" -> new EffectFate.Happened(receipt(intent));
            case "failed" -> new EffectFate.Failed("invalid");
            case "running" -> new EffectFate.Running();
            case "foreign" -> new EffectFate.Foreign();
            default -> new EffectFate.Absent();
        };
    }

    private static EffectReceipt receipt(Intent intent) {
        return new EffectReceipt(
                intent.bigQueryJobId(), "load", 1, 7, 7, 0, 0, 100, 0, 3, Instant.EPOCH, Instant.EPOCH.plusSeconds(9));
    }

    private static final class Silence extends RuntimeException implements ExitHint {

        private static final long serialVersionUID = 1L;

        Silence() {
            super("BigQuery does not answer");
        }

        @Override
        public int exitCode() {
            return ExitCode.UNAVAILABLE.number();
        }
    }

    @SuppressWarnings("unchecked")
    private void bigQueryKnows(EffectLookup lookup) {
        ((AtomicReference<EffectLookup>) context.getBean("effects")).set(lookup);
    }

    private long last(String label) {
        return context.getBean(JdbcClient.class)
                .sql("SELECT MAX(JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION_PARAMS WHERE PARAMETER_VALUE = ?")
                .param(label)
                .query(Long.class)
                .single();
    }

    @Test
    void givesAnAbandonedRunUpForGood() {
        long run = failed("given up");

        assertThat(launcher.abandon(run, ANN).exitCode()).isEqualTo(ExitCode.COMPLETED);

        assertThat(shown(run).status()).isEqualTo("ABANDONED");
        assertThat(start("given up").exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(launcher.restart(run, SILENT).exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(launcher.planRestart(run).exitCode()).isEqualTo(ExitCode.REFUSED.number());
        LaunchOutcome anew = launcher.rerun(run, ANN, SILENT);
        assertThat(anew.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(shown(anew.runId()).generation()).isEqualTo(2);
        assertThat(launcher.abandon(anew.runId(), ANN).exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
    }

    @Test
    void whatIsAbandonedLetsGoOfContentThatItCannotHavePublished() {
        for (String asked : List.of("nothing", "check happened", "publish failed")) {
            assertThat(abandonedContent(asked)).as(asked).isEmpty();
        }
    }

    @Test
    void whatIsAbandonedKeepsContentThatItMayHavePublished() {
        assertThat(abandonedContent("publish absent"))
                .hasValueSatisfying(kept -> assertThat(kept.published()).isFalse());
    }

    @Test
    void whatIsAbandonedHasPublishedWhatBigQueryKnowsToBeThere() {
        assertThat(abandonedContent("publish happened"))
                .hasValueSatisfying(kept -> assertThat(kept.published()).isTrue());
    }

    /** @param asked which step asked BigQuery for something, and what became of it */
    private Optional<Publication> abandonedContent(String asked) {
        bigQueryKnows(RunVerbsContract::fate);
        var publications = context.getBean(Publications.class);
        String content = "content " + asked;
        long run = failed(content);
        InstanceKey instance = LaunchRequest.of(repository.getJobExecution(run)).instance();
        asOwner(run, () -> {
            publications.claim(content, "t", new EffectKey(instance, "publish", "all", "d"), run);
            String[] words = asked.split(" ");
            if (words.length > 1) {
                context.getBean(Intents.class)
                        .declare(new EffectKey(instance, words[0], "all", "d"), 1, run, "query", words[1]);
            }
        });

        assertThat(launcher.abandon(run, ANN).exitCode()).isEqualTo(ExitCode.COMPLETED);

        return publications.find(content);
    }

    @Test
    void abandonsADeadRunAndOnlyTheLastOne() {
        long dead = orphan("dead", BatchStatus.STARTED);
        assertThat(launcher.abandon(dead, ANN).exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(shown(dead).hasEnded()).isTrue();

        long first = failed("twice");
        works((contribution, chunk) -> {
            throw new IllegalStateException("again");
        });
        Long second = launcher.restart(first, SILENT).runId();
        assertThat(launcher.abandon(first, ANN).messages())
                .singleElement()
                .asString()
                .contains("abandon run " + second);
    }

    @Test
    void doesFinishedWorkAnewOnlyForAReason() {
        long run = start("anew").runId();
        assertThat(launcher.rerun(run, new Instruction("ann", " "), SILENT).exitCode())
                .isEqualTo(ExitCode.INVALID);

        LaunchOutcome anew = launcher.rerun(run, ANN, SILENT);

        assertThat(anew.exitCode()).as("%s", anew).isEqualTo(ExitCode.COMPLETED);
        assertThat(bodies).hasValue(2);
        assertThat(shown(anew.runId()).generation()).isEqualTo(2);
        assertThat(shown(anew.runId()).parameters()).containsEntry("generation", "2");
        LaunchOutcome again = start("anew");
        assertThat(again.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(again.runId()).as("the newest generation").isEqualTo(anew.runId());
        assertThat(launcher.restart(run, SILENT).runId())
                .as("its own generation")
                .isEqualTo(run);
    }

    @Test
    void resumesAReRunThatFailedByStart() {
        long run = start("rerun failed").runId();
        works((contribution, chunk) -> {
            throw new IllegalStateException("not yet");
        });
        LaunchOutcome failed = launcher.rerun(run, ANN, SILENT);
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        LaunchOutcome refused = launcher.rerun(run, ANN, SILENT);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.messages()).singleElement().asString().contains("'restart " + failed.runId());
        works((contribution, chunk) -> RepeatStatus.FINISHED);

        LaunchOutcome outcome = start("rerun failed");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(shown(outcome.runId()).generation()).isEqualTo(2);
        assertThat(launcher.rerun(run, ANN, SILENT).exitCode()).isEqualTo(ExitCode.COMPLETED);
    }

    @Test
    void foretellsWhatARestartWouldRun() {
        long run = failed("planned");

        RestartPlan plan = launcher.planRestart(run);

        assertThat(plan.exitCode()).isZero();
        assertThat(plan.steps())
                .extracting(RestartPlan.PlannedStep::name, RestartPlan.PlannedStep::plan)
                .containsExactly(tuple("first", "skip"), tuple("second", "continue"));
        assertThat(plan.bigQueryJobs()).isEmpty();
        assertThat(shown(run).actions()).as("it changes nothing").isEmpty();
        assertThat(launcher.planRestart(start("done").runId()).exitCode()).isEqualTo(3);
        assertThat(launcher.planRestart(987_654).exitCode()).isEqualTo(2);
    }

    @Test
    void refusesReasonsThatAreTooLongOrSecret() {
        long run = failed("reasons");
        for (String why : List.of("x".repeat(501), "the password=correct-horse did not fit")) {
            LaunchOutcome outcome = launcher.restart(run, new Instruction("ann", why), SILENT);
            assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID);
            assertThat(outcome.messages()).noneMatch(message -> message.contains("horse"));
        }
    }

    @Test
    void repairsWhatALostCommitLeftUnknown() {
        long run = orphan("unknown", BatchStatus.UNKNOWN);
        JobExecution execution = repository.getJobExecution(run);
        var step = repository.createStepExecution("second", execution);
        step.setStatus(BatchStatus.UNKNOWN);
        repository.update(step);

        assertThat(start("unknown").exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(repository.getJobExecution(run).getStatus()).isEqualTo(BatchStatus.FAILED);
    }

    @Test
    void keepsTheEndOfARunThatIsRecoveredAgain() {
        long run = orphan("again", BatchStatus.STARTED);
        launcher.recover(run, ANN);
        var end = repository.getJobExecution(run).getEndTime();
        context.getBean(JdbcClient.class)
                .sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'UNKNOWN' WHERE JOB_EXECUTION_ID = ?")
                .param(run)
                .update();

        assertThat(launcher.recover(run, ANN).exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(repository.getJobExecution(run).getEndTime()).isEqualTo(end);
    }

    @Test
    void refusesAKeyThatOtherParametersHave() {
        String crafted = "a, type=class java.lang.String, identifying=true}JobParameter{name='more', value=b";
        var honest = new JobParametersBuilder()
                .addString("label", "a")
                .addString("more", "b")
                .toJobParameters();
        repository.createJobExecution(repository.createJobInstance("sample", honest), honest, new ExecutionContext());

        LaunchOutcome outcome = start(crafted);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(outcome.messages()).singleElement().asString().contains("the same key");
    }

    private Run shown(long run) {
        return history.find(run).orElseThrow();
    }

    private LaunchOutcome start(String label) {
        return launcher.start("sample", Map.of("label", label), Path.of("."), SILENT);
    }

    private long failed(String label) {
        works((contribution, chunk) -> {
            throw new IllegalStateException("as it should");
        });
        long run = start(label).runId();
        works((contribution, chunk) -> RepeatStatus.FINISHED);
        return run;
    }

    /** A run whose process of this host is gone. */
    private long orphan(String label, BatchStatus status) {
        JobParameters parameters = new JobParametersBuilder()
                .addString("label", label)
                .addString("size", "1048576", false)
                .toJobParameters();
        var execution = repository.createJobExecution(
                repository.createJobInstance("sample", parameters), parameters, new ExecutionContext());
        execution.setStatus(status);
        repository.update(execution);
        context.getBean(JdbcClient.class)
                .sql("INSERT INTO SLUICE_LEASE (JOB_NAME, JOB_KEY, FENCE, OWNER_HOST, OWNER_PID, OWNER_STARTED, RUN_ID,"
                        + " CHECKS, HEARTBEAT_AT, EXPIRES_AT, RELEASED) VALUES ('sample', ?, 1, ?, ?, 1, ?, 0,"
                        + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP + INTERVAL '20' SECOND, FALSE)")
                .params(
                        LaunchRequest.of(execution).instance().jobKey(),
                        Owner.current().host(),
                        Owner.current().pid(),
                        execution.getId())
                .update();
        return execution.getId();
    }

    @SuppressWarnings("unchecked")
    private void works(Tasklet tasklet) {
        ((AtomicReference<Tasklet>) context.getBean("work")).set((contribution, chunk) -> {
            bodies.incrementAndGet();
            return tasklet.execute(contribution, chunk);
        });
    }
}
