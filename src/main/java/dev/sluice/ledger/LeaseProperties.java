package dev.sluice.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an owner of another host counts as alive without a sign of life. Every node of a repository has to have the
 * same settings.
 *
 * @param ttl from 1 s to 10 min; the owner renews it three times as often
 */
@ConfigurationProperties("sluice.lease")
public record LeaseProperties(@DefaultValue("30s") Duration ttl) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    /** How many heartbeats a lease lasts. */
    static final int HEARTBEATS = 3;

    public LeaseProperties {
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("sluice.lease.ttl must be from %ds to %dm, not %s"
                    .formatted(SHORTEST.toSeconds(), LONGEST.toMinutes(), ttl));
        }
    }

    Duration heartbeat() {
        return ttl.dividedBy(HEARTBEATS);
    }

    /** How often an owner looks whether it is asked to stop. */
    Duration look() {
        return heartbeat().compareTo(LONGEST_LOOK) < 0 ? heartbeat() : LONGEST_LOOK;
    }
}
