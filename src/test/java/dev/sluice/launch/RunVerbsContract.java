package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Intents;
import dev.sluice.ledger.Owner;
import dev.sluice.ledger.Publications;
import dev.sluice.runs.Run;
import dev.sluice.runs.RunAction;
import dev.sluice.runs.RunHistory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
        LaunchedJobs.layOut(root);
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
    void notesWhoDidWhatWhenWhyWithBeforeAndAfter() {
        long orphan = orphan("noted", BatchStatus.STARTED);
        launcher.recover(orphan, ANN);
        LaunchOutcome resumed = launcher.restart(orphan, new Instruction("bob", null), SILENT);

        List<RunAction> actions = shown(orphan).actions();
        assertThat(actions)
                .extracting(RunAction::verb, RunAction::who, RunAction::why, RunAction::before, RunAction::after)
                .containsExactly(
                        tuple("recover", "ann", "she had to", "STARTED", "FAILED"),
                        tuple("restart", "bob", null, "FAILED", "run %d COMPLETED".formatted(resumed.runId())));
        assertThat(actions.get(0).at()).isBeforeOrEqualTo(actions.get(1).at());
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
        var publications = context.getBean(Publications.class);
        var other = new InstanceKey("sample", "other", 1);
        for (boolean asked : List.of(false, true)) {
            String content = "content-" + asked;
            long run = failed(content);
            InstanceKey instance =
                    LaunchRequest.of(repository.getJobExecution(run)).instance();
            publications.claim(content, "t", "d", instance, run);
            if (asked) {
                context.getBean(Intents.class)
                        .declare(new EffectKey(instance, "publish", "all", "d"), 1, run, "query", "publish");
            }

            LaunchOutcome outcome = launcher.abandon(run, ANN);

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
            assertThat(publications.claim(content, "t", "d", other, 1).instance())
                    .as("whether another may publish it; BigQuery was asked to: " + asked)
                    .isEqualTo(asked ? instance : other);
        }
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
