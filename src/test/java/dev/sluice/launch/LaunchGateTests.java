package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** The gate by itself, in front of any job. */
class LaunchGateTests {

    private static final LaunchObserver SILENT = (runId, job, parameters, resumed) -> {};

    @Test
    void guardsAnyJob() throws Exception {
        try (var batch = new PlainBatch()) {
            JobParameters parameters =
                    new JobParametersBuilder().addLong("n", 1L).toJobParameters();
            LaunchOutcome[] within = new LaunchOutcome[1];
            Job inner = job(batch, () -> {});
            Job job = job(batch, () -> within[0] = batch.gate().launch(inner, parameters, SILENT));

            LaunchOutcome outcome = batch.gate().launch(job, parameters, SILENT);

            assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(ExitCode.COMPLETED);
            assertThat(within[0].exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING);
            assertThat(within[0].runId()).as("the winner").isEqualTo(outcome.runId());
            assertThat(batch.gate().launch(job, parameters, SILENT).exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        }
    }

    /** #4755, #4946: without identifying parameters, a completed instance would be restartable for ever. */
    @Test
    void completesAnInstanceWithoutParametersOnce() throws Exception {
        try (var batch = new PlainBatch()) {
            Job job = job(batch, () -> {});

            assertThat(batch.gate().launch(job, new JobParameters(), SILENT).exitCode())
                    .isEqualTo(ExitCode.COMPLETED);
            assertThat(batch.gate().launch(job, new JobParameters(), SILENT).exitCode())
                    .isEqualTo(ExitCode.ALREADY_COMPLETED);
        }
    }

    private static Job job(PlainBatch batch, Runnable work) {
        return batch.job(new StepBuilder("only", batch.repository())
                .tasklet(
                        (contribution, chunk) -> {
                            work.run();
                            return RepeatStatus.FINISHED;
                        },
                        batch.transactions())
                .build());
    }
}
