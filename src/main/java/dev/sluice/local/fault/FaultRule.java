package dev.sluice.local.fault;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a fault hits.
 *
 * @param kind of call; null for any
 * @param path that the call's path contains
 * @param after not before this time; null for always
 * @param calls which of the matching calls, from 1; empty for all
 * @param chance from 0 to 1
 */
public record FaultRule(
        @Nullable String kind, Pattern path, @Nullable Instant after, Set<Integer> calls, double chance, Fault fault) {

    public FaultRule {
        calls = Set.copyOf(calls);
    }

    boolean matches(String call, String at, Instant now) {
        return (kind == null || kind.equals(call))
                && path.matcher(at).find()
                && (after == null || !now.isBefore(after));
    }
}
