package dev.sluice.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.ledger.LedgerDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandoverTests {

    private final RunsHere here = new RunsHere();
    private final List<Long> stopped = new ArrayList<>();
    private SimulatedCluster cluster;
    private Handover handover;

    @BeforeEach
    void open() {
        cluster = new SimulatedCluster("jdbc:h2:mem:handover;USER=sa", Instant.parse("2026-06-01T00:00:00Z"));
        var rows = new RecoveryRows(new LedgerDatabase(cluster.dataSource()), SimulatedCluster.TIME);
        handover = new Handover(here, rows, stopped::add);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void stopsEachRunThatGoesOnHereOnceAndLeavesItToOthers() {
        long over = cluster.runs.beginByHand("insert", Map.of());
        during(over, () -> {});
        long run = cluster.runs.beginByHand("insert", Map.of());

        during(run, () -> {
            handover.handOn();
            handover.handOn();
        });

        assertThat(stopped).containsExactly(run);
        assertThat(here.all()).isEmpty();
        assertThat(cluster.jdbc
                        .sql("SELECT STATE FROM SLUICE_RECOVERY WHERE RUN_ID = ?")
                        .param(run)
                        .query(String.class)
                        .list())
                .containsExactly("HANDED_ON");
    }

    @Test
    void goesOnWithOtherRunsWhenOneCannotBeNoted() {
        long gone = 99;
        during(gone, () -> {
            long run = cluster.runs.beginByHand("insert", Map.of());
            during(run, handover::handOn);

            assertThat(stopped).containsExactly(run);
        });
    }

    private void during(long run, Runnable meanwhile) {
        LaunchObserver silent = (number, job, parameters, resumed) -> {};
        here.during(
                observer -> {
                    observer.running(run, "insert", Map.of(), null);
                    meanwhile.run();
                    return new LaunchOutcome(ExitCode.COMPLETED, run, List.of());
                },
                silent);
    }
}
