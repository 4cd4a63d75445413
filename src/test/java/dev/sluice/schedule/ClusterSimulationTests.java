package dev.sluice.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.PostgresServer;
import dev.sluice.sweep.Shard;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three nodes, killed, paused and wrong about the time: one outcome per tick. */
class ClusterSimulationTests {

    private static final int MINUTES = 5;
    private static final int SEEDS = 20;
    private static final String H2 = "jdbc:h2:mem:simulation%d;USER=sa";

    @Test
    void everyTickOfAMinuteHasOneRunOnH2() throws InterruptedException {
        assertOneOutcome(H2.formatted(0), today(), 1);
    }

    @Test
    void everyTickOfAMinuteHasOneRunOnPostgres() throws InterruptedException {
        assertOneOutcome(PostgresServer.newDatabase(), today(), 1);
    }

    @Test
    void findsOutNodesThatTrustTheirOwnClocks() throws InterruptedException {
        assertThat(new ClusterSimulation(H2.formatted(1), 1, true).run(1)).anyMatch(fault -> fault.contains("ran at"));
    }

    @Test
    @Tag("sweep")
    void everyTickOfFiveMinutesHasOneRun() throws InterruptedException {
        long first = Long.getLong("sweep.seed", today());
        for (int piece = 1; piece <= SEEDS; piece++) {
            if (Shard.chosen().covers(piece)) {
                assertOneOutcome(H2.formatted(10 + piece), first + piece, MINUTES);
                assertOneOutcome(PostgresServer.newDatabase(), first + piece, MINUTES);
            }
        }
    }

    private static long today() {
        return LocalDate.now(ZoneOffset.UTC).toEpochDay();
    }

    private static void assertOneOutcome(String url, long seed, int minutes) throws InterruptedException {
        System.out.printf("schedule: %d simulated minutes, seed %d%n", minutes, seed);
        assertThat(new ClusterSimulation(url, seed, false).run(minutes))
                .as("seed %d", seed)
                .isEmpty();
    }
}
