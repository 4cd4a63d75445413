package dev.sluice.launch;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a launch.
 *
 * @param runId the run that ended, or the one that stands in the way; null if there is none
 * @param messages for people; empty if all went well
 * @param pause for how long it makes no sense to restart the run; null if that is not known
 */
public record LaunchOutcome(
        ExitCode exitCode,
        @Nullable Long runId,
        List<String> messages,
        @Nullable Duration pause) {

    public LaunchOutcome(ExitCode exitCode, @Nullable Long runId, List<String> messages) {
        this(exitCode, runId, messages, null);
    }

    static LaunchOutcome of(ExitCode exitCode, @Nullable Long runId, String message) {
        return new LaunchOutcome(exitCode, runId, List.of(message));
    }

    /** The same, said of a run and with one more message. */
    LaunchOutcome with(long run, String message) {
        return new LaunchOutcome(
                exitCode,
                run,
                Stream.concat(messages.stream(), Stream.of(message)).toList(),
                pause);
    }
}
