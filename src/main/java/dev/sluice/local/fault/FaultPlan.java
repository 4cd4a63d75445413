package dev.sluice.local.fault;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for each call whether a fault hits it; the first rule that does wins. The same seed and the same calls in the
 * same order give the same faults. Thread-safe.
 */
public final class FaultPlan {

    private static final Logger log = LoggerFactory.getLogger(FaultPlan.class);

    private final List<FaultRule> rules;
    private final int[] seen;
    private final Random chances;
    private final Clock clock;
    private long injected;

    public FaultPlan(List<FaultRule> rules, long seed, Clock clock) {
        this.rules = List.copyOf(rules);
        this.seen = new int[rules.size()];
        this.chances = new Random(seed);
        this.clock = clock;
    }

    /** By which no call is ever hit. */
    public static FaultPlan none(Clock clock) {
        return new FaultPlan(List.of(), 0, clock);
    }

    /** Counts the call. */
    public synchronized Optional<Fault> next(FaultCall call) {
        Instant now = clock.instant();
        Optional<Fault> hit = Optional.empty();
        for (int i = 0; i < seen.length; i++) {
            FaultRule rule = rules.get(i);
            if (!rule.matches(call, now)) {
                continue;
            }
            seen[i]++;
            boolean strikes = rule.concerns(seen[i]) && (rule.chance() >= 1 || chances.nextDouble() < rule.chance());
            if (strikes && hit.isEmpty()) {
                hit = Optional.of(rule.fault());
            }
        }
        hit.ifPresent(fault -> {
            injected++;
            log.warn("fault {}: {} on {} {} ({})", injected, fault, call.method(), call.path(), call.kind());
        });
        return hit;
    }

    /** How many calls were hit. */
    public synchronized long injected() {
        return injected;
    }
}
