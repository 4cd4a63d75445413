package dev.sluice.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which ticks are too late. Immutable. */
final class Misfires {

    private final Duration grace;
    private final Duration lookBack;

    Misfires(Duration grace, Duration lookBack) {
        this.grace = grace;
        this.lookBack = lookBack;
    }

    boolean isLate(Instant tick, Instant now) {
        return now.isAfter(tick.plus(grace));
    }

    boolean isForgotten(Instant tick, Instant now) {
        return now.isAfter(tick.plus(lookBack));
    }

    String forgotten() {
        return "nobody could start it for %s".formatted(words(lookBack));
    }

    /** Why a tick that nobody has looked at yet is missed; empty if it is to be started. */
    Optional<String> missed(ScheduledJob job, Instant tick, Instant now) {
        if (!isLate(tick, now)) {
            return Optional.empty();
        }
        if (isForgotten(tick, now)) {
            return Optional.of(forgotten());
        }
        return switch (job.schedule().misfire()) {
            case RUN_ALL -> Optional.empty();
            case SKIP -> Optional.of("seen %s late (misfire: skip)".formatted(words(Duration.between(tick, now))));
            case RUN_LATEST ->
                job.ticks()
                        .after(tick)
                        .filter(next -> !next.isAfter(now))
                        .map(next -> "seen after the next one, %s (misfire: run-latest)".formatted(next));
        };
    }

    private static String words(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
