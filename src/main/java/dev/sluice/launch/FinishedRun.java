package dev.sluice.launch;

import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/** What is said of an instance that is finished for good. */
final class FinishedRun {

    private FinishedRun() {}

    /** @return empty if the instance may still be resumed */
    static Optional<LaunchOutcome> answer(JobExecution last) {
        long id = last.getId();
        if (last.getStatus() == BatchStatus.COMPLETED) {
            return Optional.of(LaunchOutcome.of(
                    ExitCode.ALREADY_COMPLETED,
                    id,
                    "run %d completed it already; 'rerun %d --reason <why>' does it anew".formatted(id, id)));
        }
        return last.getStatus() == BatchStatus.ABANDONED
                ? Optional.of(LaunchOutcome.of(
                        ExitCode.REFUSED,
                        id,
                        "run %d was abandoned; 'rerun %d --reason <why>' does its work anew".formatted(id, id)))
                : Optional.empty();
    }
}
