package dev.sluice.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/**
 * The instants that a cron expression means in a time zone. The expression is asked for local times only; what the change
 * of clocks does to them is decided here:
 *
 * <ul>
 *   <li>Local times that a change leaves out fire once, at the instant of the change.
 *   <li>Local times that happen twice fire the first time only; where the hour field begins with {@code *}, so that an
 *       interval is meant, they fire both times.
 * </ul>
 *
 * Immutable.
 */
final class TickSequence {

    private static final int HOUR_FIELD = 2;
    /** A time zone changes its offset at most a few times a year, and Spring's cron looks ahead less than that. */
    private static final int MAX_OFFSETS = 400;

    private final CronExpression cron;
    private final ZoneRules rules;
    private final boolean interval;

    TickSequence(String cron, String zone) {
        this.cron = CronExpression.parse(cron);
        this.rules = ZoneId.of(zone).getRules();
        this.interval = this.cron.toString().split("\\s+", -1)[HOUR_FIELD].startsWith("*");
    }

    /** The first tick later than an instant; empty if there is none any more. */
    Optional<Instant> after(Instant instant) {
        LocalDateTime from = startOf(instant);
        Instant at = instant;
        for (int offsets = 0; offsets < MAX_OFFSETS; offsets++) {
            ZoneOffset offset = rules.getOffset(at);
            ZoneOffsetTransition change = rules.nextTransition(at);
            LocalDateTime next = cron.next(from);
            if (next != null && (change == null || next.isBefore(change.getDateTimeBefore()))) {
                return Optional.of(next.toInstant(offset));
            }
            if (change == null) {
                return Optional.empty();
            }
            if (change.isGap() && next != null && !next.isAfter(change.getDateTimeAfter())) {
                return Optional.of(change.getInstant());
            }
            at = change.getInstant();
            from = justBefore(firstAfter(change));
        }
        return Optional.empty();
    }

    /** The local time of an instant; behind the repeated hour, if it lies in it and was acted upon the first time. */
    private LocalDateTime startOf(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, rules.getOffset(instant));
        ZoneOffsetTransition change = rules.previousTransition(instant.plusNanos(1));
        return change != null && local.isBefore(firstAfter(change)) ? justBefore(firstAfter(change)) : local;
    }

    private LocalDateTime firstAfter(ZoneOffsetTransition change) {
        return change.isOverlap() && !interval ? change.getDateTimeBefore() : change.getDateTimeAfter();
    }

    private static LocalDateTime justBefore(LocalDateTime time) {
        return time.minusNanos(1);
    }
}
