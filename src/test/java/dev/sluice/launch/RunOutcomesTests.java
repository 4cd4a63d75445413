package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.definition.ExitHint;
import dev.sluice.definition.RetryHint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;

class RunOutcomesTests {

    /** As a quota that is used up. */
    private static final class PassesByItself extends RuntimeException implements ExitHint, RetryHint {
        private static final long serialVersionUID = 1L;

        PassesByItself() {
            super("later");
        }

        @Override
        public int exitCode() {
            return ExitCode.REFUSED.number();
        }

        @Override
        public Duration pause() {
            return Duration.ofMinutes(10);
        }
    }

    private static LaunchOutcome failedBy(Throwable... failures) {
        var execution = new JobExecution(7, new JobInstance(1, "job"), new JobParameters());
        execution.setStatus(BatchStatus.FAILED);
        List.of(failures).forEach(execution::addFailureException);
        return new RunOutcomes().of(execution);
    }

    @Test
    void tellsForHowLongARestartMakesNoSense() {
        LaunchOutcome outcome = failedBy(new IllegalStateException("the step failed", new PassesByItself()));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.runId()).isEqualTo(7);
        assertThat(outcome.pause()).isEqualTo(Duration.ofMinutes(10));
        assertThat(outcome.with(8, "more").pause()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void tellsItOfALaunchThatDidNotBegin() {
        LaunchOutcome outcome = Unavailability.guard(() -> {
            throw new PassesByItself();
        });

        assertThat(outcome.pause()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void knowsNothingOfThatWhereTheCauseStays() {
        assertThat(failedBy(new IllegalStateException("broken")).pause()).isNull();
        assertThat(failedBy(new PassesByItself(), new IllegalStateException("broken"))
                        .pause())
                .isNull();
    }
}
