package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.LedgerDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What an owner does that sleeps past its lease in the middle of a chunk: it goes on if nobody has taken over, and nothing
 * of what it does any more is committed if somebody has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TakeoverContract {

    private static final LaunchObserver SILENT = (runId, job, parameters, resumed) -> {};
    private static final int CHUNKS = 2;

    private ConfigurableApplicationContext context;
    private LaunchGate gate;
    private JdbcClient others;
    private JdbcClient chunks;

    @BeforeAll
    void open(@TempDir Path root) {
        context = LaunchedJobs.start(root, url(root));
        gate = context.getBean(LaunchGate.class);
        others = context.getBean(LedgerDatabase.class).jdbc();
        chunks = context.getBean(JdbcClient.class);
        others.sql("CREATE TABLE WRITTEN (WHAT VARCHAR(10))").update();
    }

    /** Of an empty database, user included. */
    abstract String url(Path folder);

    @AfterAll
    void close() {
        context.close();
    }

    @BeforeEach
    void forget() {
        others.sql("DELETE FROM WRITTEN").update();
    }

    /** Both kinds of steps; each writes a row in the transaction of each of its chunks. */
    private List<Job> jobs(String name, Runnable sleep) {
        return List.of(job(name + " of tasklets", tasklet(sleep)), job(name + " of items", items(sleep)));
    }

    /** One that was taken over before the second. */
    private Job twoSteps(String name) {
        return new JobBuilder(name, context.getBean(JobRepository.class))
                .start(tasklet(() -> {}))
                .next((run, step) -> {
                    takeOver();
                    return FlowExecutionStatus.COMPLETED;
                })
                .on("*")
                .to(tasklet("second", () -> {}))
                .end()
                .build();
    }

    private Job job(String name, Step step) {
        return new JobBuilder(name, context.getBean(JobRepository.class))
                .start(step)
                .build();
    }

    private Step tasklet(Runnable sleep) {
        return tasklet("step", sleep);
    }

    private Step tasklet(String name, Runnable sleep) {
        var done = new AtomicInteger();
        return new StepBuilder(name, context.getBean(JobRepository.class))
                .tasklet(
                        (contribution, chunk) -> {
                            write(sleep);
                            return done.incrementAndGet() == CHUNKS ? RepeatStatus.FINISHED : RepeatStatus.CONTINUABLE;
                        },
                        context.getBean(PlatformTransactionManager.class))
                .build();
    }

    private Step items(Runnable sleep) {
        return new StepBuilder("step", context.getBean(JobRepository.class))
                .<String, String>chunk(1)
                .transactionManager(context.getBean(PlatformTransactionManager.class))
                .reader(new ListItemReader<>(List.of("1", "2")))
                .writer(chunk -> write(sleep))
                .build();
    }

    private void write(Runnable sleep) {
        chunks.sql("INSERT INTO WRITTEN VALUES ('chunk')").update();
        sleep.run();
    }

    private long written() {
        return rows("WRITTEN");
    }

    private static JobParameters parameters() {
        return new JobParametersBuilder().addString("label", "a").toJobParameters();
    }

    private LaunchOutcome launch(Job job) {
        return Unavailability.guard(() -> gate.launch(job, parameters(), SILENT));
    }

    private void endLeases() {
        others.sql("UPDATE SLUICE_LEASE SET EXPIRES_AT = TIMESTAMP WITH TIME ZONE '2000-01-01 00:00:00Z'")
                .update();
    }

    /** By a process that has it first without a run. */
    private void takeOver() {
        others.sql("UPDATE SLUICE_LEASE SET FENCE = FENCE + 1, RUN_ID = NULL, OWNER_HOST = 'elsewhere'"
                        + " WHERE NOT RELEASED")
                .update();
    }

    @Test
    void anOwnerThatSleptGoesOnIfNobodyTookOver() {
        for (Job job : jobs("slept", this::endLeases)) {
            LaunchOutcome outcome = launch(job);

            assertThat(outcome.exitCode()).as("%s: %s", job.getName(), outcome).isEqualTo(ExitCode.COMPLETED);
            assertThat(launch(job).exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        }
        assertThat(written()).isEqualTo(2L * CHUNKS);
    }

    /** Without anything in the steps themselves: every chunk ends with writes to the guarded repository. */
    @Test
    void aChunkOfAnOwnerThatWasTakenOverIsNotCommitted() {
        for (Job job : jobs("taken", this::takeOver)) {
            LaunchOutcome outcome = launch(job);

            assertThat(outcome.exitCode()).as("%s: %s", job.getName(), outcome).isEqualTo(ExitCode.ALREADY_RUNNING);
        }
        assertThat(written()).isZero();
        assertThat(others.sql("SELECT DISTINCT E.STATUS FROM BATCH_STEP_EXECUTION E JOIN BATCH_JOB_EXECUTION J"
                                + " ON J.JOB_EXECUTION_ID = E.JOB_EXECUTION_ID JOIN BATCH_JOB_INSTANCE I"
                                + " ON I.JOB_INSTANCE_ID = J.JOB_INSTANCE_ID WHERE I.JOB_NAME LIKE 'taken%'")
                        .query(String.class)
                        .list())
                .as("left to the heir")
                .containsExactly("STARTED");
    }

    @Test
    void anOwnerThatWasTakenOverBetweenTwoStepsDoesNotBeginTheSecond() {
        LaunchOutcome outcome = launch(twoSteps("steps"));

        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(written()).as("the first step's").isEqualTo(CHUNKS);
        assertThat(rows("BATCH_STEP_EXECUTION WHERE STEP_NAME = 'second'")).isZero();
        assertThat(rows("BATCH_JOB_EXECUTION E JOIN BATCH_JOB_INSTANCE I ON I.JOB_INSTANCE_ID = E.JOB_INSTANCE_ID"
                        + " WHERE I.JOB_NAME = 'steps' AND E.STATUS = 'STARTED' AND E.END_TIME IS NULL"))
                .as("left to the heir")
                .isOne();
    }

    /** Parameters are validated between the two. */
    @Test
    void anOwnerThatWasTakenOverBetweenInstanceAndRunCreatesNoRun() {
        Job job = new JobBuilder("between", context.getBean(JobRepository.class))
                .validator(parameters -> {
                    if (rows("BATCH_JOB_INSTANCE WHERE JOB_NAME = 'between'") == 1) {
                        takeOver();
                    }
                })
                .start(tasklet(() -> {}))
                .build();

        LaunchOutcome outcome = launch(job);

        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(rows("BATCH_JOB_INSTANCE WHERE JOB_NAME = 'between'")).isOne();
        assertThat(rows("BATCH_JOB_EXECUTION E JOIN BATCH_JOB_INSTANCE I ON I.JOB_INSTANCE_ID = E.JOB_INSTANCE_ID"
                        + " WHERE I.JOB_NAME = 'between'"))
                .isZero();
    }

    /** It looked when the instance was empty; what it would remove by now is its heir's. */
    @Test
    void anOwnerThatWasTakenOverRemovesNoEmptyInstance() {
        Job job = job("empty", tasklet(() -> {}));
        JobInstance empty = context.getBean(JobRepository.class).createJobInstance(job.getName(), parameters());

        LaunchOutcome outcome = takenOverFirst(job);

        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(rows("BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID = " + empty.getId()))
                .isOne();
    }

    private LaunchOutcome takenOverFirst(Job job) {
        return Unavailability.guard(() -> gate.owning(InstanceKey.of(job.getName(), parameters()), lease -> {
            takeOver();
            return gate.launch(lease, job, parameters(), SILENT);
        }));
    }

    private long rows(String from) {
        return others.sql("SELECT COUNT(*) FROM " + from).query(Long.class).single();
    }

    /** It slept before there was anything that an heir could have resumed. */
    @Test
    void anOwnerThatWasTakenOverBeforeItsRunBeganCreatesNone() {
        Job job = job("early", tasklet(() -> {}));

        LaunchOutcome outcome = takenOverFirst(job);

        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(rows("BATCH_JOB_INSTANCE WHERE JOB_NAME = 'early'")).isZero();
    }
}
