package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.definition.ExitHint;
import dev.sluice.ledger.LeaseLost;
import dev.sluice.sweep.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What holds on every repository database. */
abstract class LauncherContract {

    private static final LaunchObserver SILENT = (runId, job, parameters, resumed) -> {};

    private ConfigurableApplicationContext context;
    private Launcher launcher;
    private JobRepository repository;
    private final AtomicInteger bodies = new AtomicInteger();

    @BeforeEach
    void open(@TempDir Path root) {
        context = LaunchedJobs.start(root, url(root));
        launcher = context.getBean(Launcher.class);
        repository = context.getBean(JobRepository.class);
        works((contribution, chunk) -> RepeatStatus.FINISHED);
    }

    /** Of an empty database, user included. */
    abstract String url(Path folder);

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void runsAFreshInstanceAndAnnouncesIt() {
        List<String> seen = new ArrayList<>();

        LaunchOutcome outcome = launcher.start(
                "sample",
                Map.of("label", "a=b, ü"),
                Path.of("."),
                (run, job, parameters, resumed) -> seen.add(run + " " + job + " " + parameters + " " + resumed));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(seen).containsExactly(outcome.runId() + " sample {label=a=b, ü, size=1048576} null");
        assertThat(leased()).isZero();
    }

    @Test
    void answersThreeForAFinishedInstance() {
        Long run = start("a").runId();

        LaunchOutcome again = start("a");

        assertThat(again.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(again.runId()).isEqualTo(run);
        assertThat(bodies).hasValue(1);
    }

    @Test
    void reportsEveryProblemOfTheParameters() {
        LaunchOutcome outcome = launcher.start("sample", Map.of("lable", "x", "size", "much"), Path.of("."), SILENT);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(outcome.messages())
                .hasSize(3)
                .anyMatch(message -> message.contains("did you mean 'label'"))
                .anyMatch(message -> message.contains("'label' is required"))
                .anyMatch(message -> message.contains("8MB"));
        assertThat(launcher.start("smaple", Map.of(), Path.of("."), SILENT).messages())
                .singleElement()
                .asString()
                .contains("did you mean 'sample'");
    }

    @Test
    void resumesAFailedRunBothByStartAndByRestart() {
        works((contribution, chunk) -> {
            throw new IllegalStateException("the first time it fails\n\tat secret.Stack");
        });
        LaunchOutcome failed = start("a");
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.messages()).singleElement().isEqualTo("the first time it fails");
        assertThat(launcher.restart(failed.runId(), SILENT).exitCode()).isEqualTo(ExitCode.FAILED);
        works((contribution, chunk) -> RepeatStatus.FINISHED);
        AtomicReference<Long> resumed = new AtomicReference<>();

        LaunchOutcome outcome = launcher.start(
                "sample", Map.of("label", "a"), Path.of("."), (run, job, parameters, from) -> resumed.set(from));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(resumed.get()).isEqualTo(failed.runId() + 1);
        assertThat(count("SELECT COUNT(*) FROM BATCH_STEP_EXECUTION WHERE STEP_NAME = 'first'"))
                .isEqualTo(1);
    }

    @Test
    void takesTheExitCodeFromTheFailure() {
        works((contribution, chunk) -> {
            throw new IllegalStateException("around", new LateFailure());
        });
        LaunchOutcome late = start("late");
        assertThat(late.exitCode()).isEqualTo(ExitCode.DEADLINE_EXCEEDED);
        assertThat(recorded(late.runId())).isEqualTo("DEADLINE_EXCEEDED: too late");
        works((contribution, chunk) -> {
            throw new LeaseLost("gone");
        });
        assertThat(start("lost").exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(leased()).isZero();
    }

    /** #3680 */
    @Test
    void keepsNoStackAndNoSecretOfAFailure() {
        works((contribution, chunk) -> {
            throw new IllegalStateException("the server said password=correct-horse", new LateFailure());
        });
        long run = start("secret").runId();

        List<String> kept = new ArrayList<>(context.getBean(JdbcClient.class)
                .sql(
                        "SELECT EXIT_MESSAGE FROM BATCH_STEP_EXECUTION UNION ALL SELECT EXIT_MESSAGE FROM BATCH_JOB_EXECUTION")
                .query(String.class)
                .list());
        assertThat(kept).contains("too late").noneMatch(text -> text.contains("\tat ") || text.contains("horse"));
        assertThat(recorded(run)).isEqualTo("DEADLINE_EXCEEDED: too late");
        works((contribution, chunk) -> {
            throw new IllegalStateException("the server said password=correct-horse");
        });
        assertThat(start("secret").messages()).containsExactly("the server said password=***");
    }

    @Test
    void answersEightWhenTheRepositoryIsGone() {
        context.getBean(HikariDataSource.class).close();

        assertThat(start("a").exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(launcher.restart(1, SILENT).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void repairsAnInstanceWithoutExecution() {
        repository.createJobInstance("sample", parameters("a"));

        assertThat(start("a").exitCode()).isEqualTo(ExitCode.COMPLETED);
    }

    @Test
    void resumesARunWhoseOwnerDied() {
        long orphan = orphan("a");

        LaunchOutcome outcome = start("a");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(repository.getJobExecution(orphan).getStatus()).isEqualTo(BatchStatus.FAILED);
    }

    @Test
    void recoversARunWhoseOwnerDiedWithoutRunningIt() {
        long orphan = orphan("a");

        LaunchOutcome outcome = launcher.recover(orphan);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(repository.getJobExecution(orphan).getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(recorded(orphan)).isEqualTo("FAILED: the process that ran it died");
        assertThat(bodies).hasValue(0);
        assertThat(launcher.recover(orphan).exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(launcher.restart(orphan, SILENT).exitCode()).isEqualTo(ExitCode.COMPLETED);
    }

    @Test
    void keepsContextsAsJson() {
        works((contribution, chunk) -> {
            chunk.getStepContext().getStepExecution().getExecutionContext().putString("position", "12");
            return RepeatStatus.FINISHED;
        });
        start("a");

        assertThat(context.getBean(JdbcClient.class)
                        .sql("SELECT SHORT_CONTEXT FROM BATCH_STEP_EXECUTION_CONTEXT")
                        .query(String.class)
                        .list())
                .allMatch(text -> text.startsWith("{"))
                .anyMatch(text -> text.contains("\"position\":\"12\""));
    }

    /** #5397, #4667, #3788: Spring Batch alone lets several of them run the body. */
    @Test
    void letsOneOf16StartsAndRestartsRun() throws Exception {
        race(5);
    }

    @Test
    @Tag("sweep")
    void letsOneOf16StartsAndRestartsRunWhateverTheOrder() throws Exception {
        race(Shard.chosen().of(200));
    }

    private void race(int rounds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < rounds; round++) {
                String label = "race-" + round;
                Long failed = round % 2 == 0 ? null : failed(label);
                bodies.set(0);
                List<Callable<LaunchOutcome>> launches = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    launches.add(
                            failed == null || i % 2 == 0 ? () -> start(label) : () -> launcher.restart(failed, SILENT));
                }
                requireOneWinner(threads.invokeAll(launches), failed);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(leased()).isZero();
    }

    /** @param failed the run that was there before; null if there was none */
    private void requireOneWinner(List<Future<LaunchOutcome>> launches, @Nullable Long failed) throws Exception {
        assertThat(bodies).hasValue(1);
        List<LaunchOutcome> losers = new ArrayList<>();
        Long winner = null;
        for (Future<LaunchOutcome> launch : launches) {
            LaunchOutcome outcome = launch.get();
            if (outcome.exitCode() == ExitCode.COMPLETED) {
                assertThat(winner).as("one winner").isNull();
                winner = outcome.runId();
            } else {
                losers.add(outcome);
            }
        }
        Long one = winner;
        assertThat(one).isNotNull();
        assertThat(losers).hasSize(15).allSatisfy(loser -> {
            assertThat(loser.exitCode()).isIn(ExitCode.ALREADY_COMPLETED, ExitCode.ALREADY_RUNNING);
            assertThat(loser.runId()).isIn(one, failed);
            assertThat(String.join("; ", loser.messages()))
                    .contains(
                            loser.runId() == null
                                    ? "a run that is starting is alive: process "
                                    : "run " + loser.runId());
        });
    }

    /** #1497, #4523, #5474: with SERIALIZABLE, a third of them would fail. */
    @Test
    void completesEveryOneOfManyDifferentLaunches() throws Exception {
        launchDifferent(48);
    }

    @Test
    @Tag("sweep")
    void completesEveryOneOfHundredsOfDifferentLaunches() throws Exception {
        launchDifferent(Shard.chosen().of(400));
    }

    private void launchDifferent(int launches) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<LaunchOutcome>> starts = new ArrayList<>();
            for (int i = 0; i < launches; i++) {
                String label = "different-" + i;
                starts.add(() -> start(label));
            }
            for (Future<LaunchOutcome> outcome : threads.invokeAll(starts)) {
                assertThat(outcome.get().exitCode()).as("%s", outcome.get()).isEqualTo(ExitCode.COMPLETED);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(bodies).hasValue(launches);
        assertThat(count("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE STATUS = 'COMPLETED'"))
                .isEqualTo(launches);
        assertThat(count("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID NOT IN"
                        + " (SELECT JOB_INSTANCE_ID FROM BATCH_JOB_EXECUTION)"))
                .as("instances without a run")
                .isZero();
        assertThat(leased()).isZero();
    }

    private long failed(String label) {
        works((contribution, chunk) -> {
            throw new IllegalStateException("as it should");
        });
        long run = start(label).runId();
        works((contribution, chunk) -> RepeatStatus.FINISHED);
        return run;
    }

    private static final class LateFailure extends RuntimeException implements ExitHint {
        LateFailure() {
            super("too late");
        }

        @Override
        public int exitCode() {
            return 6;
        }
    }

    private String recorded(long run) {
        ExitStatus status = repository.getJobExecution(run).getExitStatus();
        return status.getExitCode() + ": " + status.getExitDescription();
    }

    private LaunchOutcome start(String label) {
        return launcher.start("sample", Map.of("label", label), Path.of("."), SILENT);
    }

    private long orphan(String label) {
        var instance = repository.createJobInstance("sample", parameters(label));
        var execution = repository.createJobExecution(instance, parameters(label), new ExecutionContext());
        execution.setStatus(BatchStatus.STARTED);
        repository.update(execution);
        return execution.getId();
    }

    private static JobParameters parameters(String label) {
        return new JobParametersBuilder()
                .addString("label", label)
                .addString("size", "1048576", false)
                .toJobParameters();
    }

    @SuppressWarnings("unchecked")
    private void works(Tasklet tasklet) {
        ((AtomicReference<Tasklet>) context.getBean("work")).set((contribution, chunk) -> {
            bodies.incrementAndGet();
            return tasklet.execute(contribution, chunk);
        });
    }

    private long leased() {
        return count("SELECT COUNT(*) FROM SLUICE_LEASE WHERE NOT RELEASED");
    }

    private long count(String sql) {
        return context.getBean(JdbcClient.class).sql(sql).query(Long.class).single();
    }
}
