package dev.sluice.runs;

import org.jspecify.annotations.Nullable;

/** How an ended run's outcome reads as the exit code of the command that made it. */
final class RunExit {

    private static final int COMPLETED = 0;
    private static final int FAILED = 1;
    private static final int STOPPED = 5;
    private static final int DEADLINE_EXCEEDED = 6;

    private RunExit() {}

    static int codeOf(String status, @Nullable String exitStatus) {
        if ("DEADLINE_EXCEEDED".equals(exitStatus)) {
            return DEADLINE_EXCEEDED;
        }
        return switch (status) {
            case "COMPLETED" -> COMPLETED;
            case "STOPPED" -> STOPPED;
            default -> FAILED;
        };
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
