package dev.sluice.local.fault;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a fault hits.
 *
 * @param target what it hits
 * @param when at which time
 * @param calls which of the matching calls, from 1; empty for all
 * @param from the first of the matching calls that it may hit
 * @param chance from 0 to 1
 */
public record FaultRule(Target target, Window when, Set<Integer> calls, int from, double chance, Fault fault) {

    public FaultRule {
        calls = Set.copyOf(calls);
    }

    /** Empty parts stand for any, but a job that begins is hit by its name only; the path contains the pattern. */
    public record Target(String kind, String dataset, String job, Pattern path) {

        boolean matches(FaultCall call) {
            return (kind.isEmpty() ? !call.kind().equals(FaultCall.JOB) : kind.equals(call.kind()))
                    && (dataset.isEmpty() || dataset.equals(call.dataset()))
                    && (job.isEmpty() || job.equals(call.job()))
                    && path.matcher(call.path()).find();
        }
    }

    /** Null for no bound; the end is not part of it. */
    public record Window(@Nullable Instant after, @Nullable Instant before) {

        boolean contains(Instant now) {
            return (after == null || !now.isBefore(after)) && (before == null || now.isBefore(before));
        }
    }

    boolean matches(FaultCall call, Instant now) {
        return target.matches(call) && when.contains(now);
    }

    /** @param number of the call among those that match */
    boolean concerns(int number) {
        return number >= from && (calls.isEmpty() || calls.contains(number));
    }
}
