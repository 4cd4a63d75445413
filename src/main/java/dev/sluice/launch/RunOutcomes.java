package dev.sluice.launch;

import dev.sluice.definition.ExitHint;
import dev.sluice.ledger.LeaseLost;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/** Turns an ended execution into an exit code and words for people. */
final class RunOutcomes {

    private static final int MAX_MESSAGE = 500;
    private static final int MAX_CAUSES = 20;

    LaunchOutcome of(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return new LaunchOutcome(ExitCode.COMPLETED, execution.getId(), List.of());
        }
        if (execution.getStatus() == BatchStatus.STOPPED) {
            return LaunchOutcome.of(ExitCode.STOPPED, execution.getId(), "the run was stopped; restart resumes it");
        }
        List<Throwable> failures = execution.getAllFailureExceptions();
        ExitCode code = failures.stream()
                .map(RunOutcomes::hint)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(ExitCode.FAILED);
        return new LaunchOutcome(
                code,
                execution.getId(),
                failures.stream().map(RunOutcomes::message).distinct().toList());
    }

    private static Optional<ExitCode> hint(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof ExitHint hint) {
                return Optional.of(ExitCode.of(hint.exitCode()));
            }
            if (cause instanceof LeaseLost) {
                return Optional.of(ExitCode.ALREADY_RUNNING);
            }
        }
        return Optional.empty();
    }

    /** The first line of the outermost message of our own. */
    private static String message(Throwable failure) {
        Throwable cause = failure;
        String message = String.valueOf(failure.getMessage());
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith("dev.sluice.")) {
                message = String.valueOf(cause.getMessage());
                break;
            }
        }
        String firstLine = message.lines().findFirst().orElse("");
        return firstLine.substring(0, Math.min(firstLine.length(), MAX_MESSAGE));
    }
}
