package dev.sluice.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How progress is shown. */
final class ProgressOptions {

    @Option(
            names = "--progress-interval",
            paramLabel = "<seconds>",
            description = "Seconds between two status lines (default 2).")
    private int seconds = 2;

    Duration interval() {
        return Duration.ofSeconds(Math.max(1, seconds));
    }
}
