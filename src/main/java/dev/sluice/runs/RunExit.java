package dev.sluice.runs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an ended run's outcome reads as the exit code of the command that made it. */
final class RunExit {

    private static final int FAILED = 1;

    /** The names under which the launching side stores an outcome. */
    private static final Map<String, Integer> CODES = Map.of(
            "COMPLETED", 0,
            "ALREADY_RUNNING", 4,
            "STOPPED", 5,
            "DEADLINE_EXCEEDED", 6,
            "REFUSED", 7,
            "UNAVAILABLE", 8);

    private RunExit() {}

    static int codeOf(@Nullable String exitStatus) {
        return exitStatus == null ? FAILED : CODES.getOrDefault(exitStatus, FAILED);
    }

    /** The first line without exception names: the rest of a stored message may be a stack trace. */
    static @Nullable String failureOf(@Nullable String exitMessage) {
        if (exitMessage == null || exitMessage.isBlank()) {
            return null;
        }
        String line = exitMessage.strip().lines().findFirst().orElse("");
        return line.replaceFirst("^(?:[a-z]\\w*\\.)+[A-Z][\\w$]*(?:: )?", "");
    }
}
