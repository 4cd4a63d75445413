package dev.sluice.definition;

import java.util.Locale;
import java.util.Map;

/**
 * When the clock starts a job.
 *
 * @param cron six fields: second, minute, hour, day of month, month, day of week
 * @param zone the time zone in which the fields are meant
 * @param parameters what a scheduled start is given, beside its tick
 */
public record JobSchedule(String cron, String zone, Misfire misfire, Overlap overlap, Map<String, String> parameters) {

    /** The identifying parameter that a scheduled start carries: the scheduled instant, in UTC. */
    public static final String TICK = "tick";

    public JobSchedule {
        parameters = Map.copyOf(parameters);
    }

    /** What becomes of ticks that nobody was there to act upon. */
    public enum Misfire {
        /** The latest one is run late, the others are missed. */
        RUN_LATEST,
        /** Each is run late, in order. */
        RUN_ALL,
        /** Each is missed. */
        SKIP;

        /** As job files spell it. */
        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What becomes of a tick while an earlier scheduled run of the job has not ended. */
    public enum Overlap {
        /** It is skipped. */
        FORBID,
        /** It waits. */
        QUEUE;

        /** As job files spell it. */
        @Override
        public String toString() {
            return spelled(this);
        }
    }

    private static String spelled(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
