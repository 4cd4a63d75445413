package dev.sluice.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How ticks are acted upon.
 *
 * @param poll pause between two looks
 * @param grace how late a tick may be started and still count as on time
 * @param lookBack after which a tick that nobody acted upon is missed, whatever its misfire policy
 * @param claim how long a node may take to start what it claimed, before another one does
 * @param concurrentRuns of one node
 * @param concurrentRunsPerOrg of all nodes, for the scheduled runs of one organization; 0 for no limit
 * @param shutdownGrace how long runs may go on to the end of their chunk when a node is told to end
 */
@ConfigurationProperties("sluice.schedule")
record ScheduleProperties(
        @DefaultValue("1s") Duration poll,
        @DefaultValue("60s") Duration grace,
        @DefaultValue("24h") Duration lookBack,
        @DefaultValue("60s") Duration claim,
        @DefaultValue("4") int concurrentRuns,
        @DefaultValue("0") int concurrentRunsPerOrg,
        @DefaultValue("30s") Duration shutdownGrace,
        @DefaultValue Recovery recovery) {

    /**
     * What is done about runs whose owner died.
     *
     * @param attempts restarts before a person is told; 0 to leave such runs to people
     * @param backOff pause after the first restart; doubles with each
     */
    record Recovery(
            @DefaultValue("3") int attempts,
            @DefaultValue("30s") Duration backOff) {

        Recovery {
            require(attempts >= 0, "recovery.attempts is negative");
            require(backOff.toSeconds() >= 1, "recovery.back-off is below 1s");
        }
    }

    ScheduleProperties {
        require(poll.toMillis() >= 10, "poll is below 10ms");
        require(!grace.isNegative(), "grace is negative");
        require(lookBack.compareTo(grace) > 0, "look-back is not longer than grace");
        require(claim.toSeconds() >= 1, "claim is below 1s");
        require(concurrentRuns >= 1, "concurrent-runs is below 1");
        require(concurrentRunsPerOrg >= 0, "concurrent-runs-per-org is negative");
        require(!shutdownGrace.isNegative(), "shutdown-grace is negative");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("sluice.schedule: " + otherwise);
        }
    }
}
