package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Faults of Spring Batch that our chunk steps would suffer from, by number; they must not come back with an upgrade. */
class SpringBatchIssuesTests {

    private static final int ITEMS = 6;

    private final List<Integer> written = new ArrayList<>();
    private int failsAt;
    private PlainBatch batch;
    private Counting reader;

    @BeforeEach
    void open() throws Exception {
        batch = new PlainBatch();
        reader = new Counting();
    }

    @AfterEach
    void close() {
        batch.close();
    }

    /** #5182 kept the position of a chunk that was rolled back; #5509 counted it as written. */
    @Test
    void aChunkThatFailedIsNeitherPassedOverNorCounted() {
        failsAt = 4;
        LaunchOutcome failed = launch("a");
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        StepExecution step = step(failed);
        assertThat(step.getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(step.getWriteCount()).isEqualTo(2);
        assertThat(step.getExecutionContext().getLong("position")).isEqualTo(2);

        failsAt = 0;
        assertThat(launch("a").exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(written).containsExactly(1, 2, 3, 4, 5, 6);
    }

    /** #5126, #5157: the second run of a JVM processed nothing. */
    @Test
    void theSecondRunOfAProcessReadsEverything() {
        launch("first");
        launch("second");

        assertThat(written).containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
    }

    /** #5226: a reader that is registered as a listener is told of its step, and as a stream of its position. */
    @Test
    void aReaderHearsOfItsStep() {
        launch("a");

        assertThat(reader.steps).isEqualTo(1);
        assertThat(reader.opened).isEqualTo(1);
    }

    /** #5104: asked for running runs where all have ended, it threw; a run that is not there it still does (InstanceRuns). */
    @Test
    void aRepositoryWithoutRunningRunsSaysSo() {
        launch("a");

        assertThat(batch.repository().findRunningJobExecutions("plain")).isEmpty();
    }

    /** #1099, #3127: a run whose process was killed stays STARTED. */
    @Test
    void aKilledRunIsResumedBehindItsLastChunk() {
        failsAt = 4;
        LaunchOutcome failed = launch("a");
        var run = batch.repository().getJobExecution(failed.runId());
        var step = run.getStepExecutions().iterator().next();
        step.setStatus(BatchStatus.STARTED);
        step.setEndTime(null);
        batch.repository().update(step);
        run.setStatus(BatchStatus.STARTED);
        run.setEndTime(null);
        batch.repository().update(run);

        failsAt = 0;
        assertThat(launch("a").exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(written).containsExactly(1, 2, 3, 4, 5, 6);
    }

    private StepExecution step(LaunchOutcome outcome) {
        return batch.repository()
                .getJobExecution(outcome.runId())
                .getStepExecutions()
                .iterator()
                .next();
    }

    private LaunchOutcome launch(String label) {
        JobParameters parameters =
                new JobParametersBuilder().addString("label", label).toJobParameters();
        return batch.gate().launch(job(), parameters, (run, name, values, resumed) -> {});
    }

    private Job job() {
        ItemWriter<Integer> writer = this::write;
        return batch.job(new StepBuilder("chunks", batch.repository())
                        .<Integer, Integer>chunk(2)
                        .transactionManager(batch.transactions())
                        .reader(reader)
                        .writer(writer)
                        .stream(reader)
                        .listener((StepExecutionListener) reader)
                        .build());
    }

    private void write(Chunk<? extends Integer> chunk) {
        if (chunk.getItems().contains(failsAt)) {
            throw new IllegalStateException("as it should");
        }
        written.addAll(chunk.getItems());
    }

    /** Gives 1 to 6 and remembers its position. */
    private static final class Counting implements ItemStreamReader<Integer>, StepExecutionListener {

        private long position;
        private int steps;
        private int opened;

        @Override
        public void beforeStep(StepExecution step) {
            steps++;
        }

        @Override
        public void open(ExecutionContext context) {
            opened++;
            position = context.getLong("position", 0);
        }

        @Override
        public @Nullable Integer read() {
            return position == ITEMS ? null : (int) ++position;
        }

        @Override
        public void update(ExecutionContext context) {
            context.putLong("position", position);
        }
    }
}
