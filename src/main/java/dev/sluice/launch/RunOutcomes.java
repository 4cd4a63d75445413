package dev.sluice.launch;

import dev.sluice.definition.ExitHint;
import dev.sluice.definition.RetryHint;
import dev.sluice.definition.SecretText;
import dev.sluice.ledger.LeaseLost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/** Turns an ended execution into an exit code and words for people. */
final class RunOutcomes {

    private static final int MAX_MESSAGE = 500;
    private static final int MAX_CAUSES = 20;
    private static final Pattern STACK =
            Pattern.compile("^(?:\\tat |\\t\\.\\.\\. |\\s*Caused by: |\\s*Suppressed: ).*");
    private static final Pattern EXCEPTION_NAME = Pattern.compile("^(?:[a-z]\\w*\\.)+[A-Z][\\w$]*(?:: |$)");

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
                failures.stream().map(RunOutcomes::message).distinct().toList(),
                pause(failures));
    }

    /** The longest, if all causes pass by themselves. */
    static @Nullable Duration pause(List<Throwable> failures) {
        List<Duration> pauses = failures.stream()
                .flatMap(failure -> causes(failure)
                        .filter(RetryHint.class::isInstance)
                        .map(hint -> ((RetryHint) hint).pause())
                        .limit(1))
                .sorted()
                .toList();
        return pauses.isEmpty() || pauses.size() < failures.size() ? null : pauses.get(pauses.size() - 1);
    }

    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES);
    }

    static Optional<ExitCode> hint(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> {
                    if (cause instanceof ExitHint hint) {
                        return Stream.of(ExitCode.of(hint.exitCode()));
                    }
                    return cause instanceof LeaseLost ? Stream.of(ExitCode.ALREADY_RUNNING) : Stream.empty();
                })
                .findFirst();
    }

    /** The first line of the outermost message of our own. */
    static String message(Throwable failure) {
        Throwable told = causes(failure)
                .filter(cause -> cause.getClass().getName().startsWith("dev.sluice."))
                .findFirst()
                .orElse(failure);
        return words(String.valueOf(told.getMessage()).lines().findFirst().orElse(""));
    }

    /** What may be stored of a text: no stack, no exception names, no secrets, not too long. */
    static String words(String text) {
        String lines = text.lines()
                .filter(line -> !STACK.matcher(line).matches())
                .map(line -> EXCEPTION_NAME.matcher(line).replaceFirst(""))
                .filter(line -> !line.isBlank())
                .distinct()
                .collect(Collectors.joining("\n"));
        String clean = SecretText.scrub(lines);
        return clean.substring(0, Math.min(clean.length(), MAX_MESSAGE));
    }
}
