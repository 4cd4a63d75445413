package dev.sluice.cli;

import dev.sluice.definition.RunProgress.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** One status line; rate and remaining time are measured from the first look at the step. Not thread-safe. */
final class ProgressLine {

    private static final double MILLIS = 1000.0;
    private static final double MEGABYTE = 1_000_000.0;

    private final Clock clock;
    private Instant since = Instant.MIN;
    private Snapshot first = new Snapshot("", 0, 0, 0);

    ProgressLine(Clock clock) {
        this.clock = clock;
    }

    String of(long run, Snapshot now) {
        if (!now.step().equals(first.step())) {
            first = now;
            since = clock.instant();
        }
        var text = new StringBuilder("run %d: %s %s rows".formatted(run, now.step(), RunText.number(now.rows())));
        if (now.totalBytes() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    ", %d %% of %.1f MB",
                    100 * now.doneBytes() / now.totalBytes(),
                    now.totalBytes() / MEGABYTE));
        }
        double seconds = Duration.between(since, clock.instant()).toMillis() / MILLIS;
        if (seconds > 0 && now.rows() > first.rows()) {
            text.append(", ")
                    .append(RunText.number((long) ((now.rows() - first.rows()) / seconds)))
                    .append(" rows/s");
        }
        long fresh = now.doneBytes() - first.doneBytes();
        if (seconds > 0 && fresh > 0 && now.totalBytes() > 0) {
            long left = now.totalBytes() - now.doneBytes();
            text.append(", ETA ")
                    .append(Math.round(Math.ceil(left * seconds / fresh)))
                    .append(" s");
        }
        return text.toString();
    }
}
