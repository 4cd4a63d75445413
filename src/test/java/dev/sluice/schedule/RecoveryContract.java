package dev.sluice.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.ledger.Owner;
import dev.sluice.sweep.DeathSwitch;
import dev.sluice.sweep.SwitchingDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of runs whose owner died, on every repository database. */
abstract class RecoveryContract {

    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final Owner ELSEWHERE = new Owner("elsewhere", 1, 1);

    private static final LaunchOutcome QUOTA_USED_UP =
            new LaunchOutcome(ExitCode.REFUSED, null, List.of("a quota is used up"), Duration.ofMinutes(10));

    private SimulatedCluster cluster;
    private Scheduler node;

    /** Of an empty database, user included. */
    abstract String url(Path folder);

    @BeforeEach
    void open(@TempDir Path folder) {
        cluster = new SimulatedCluster(url(folder), START);
        node = cluster.node(0);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void restartsARunWhenItsOwnersLeaseHasExpiredAndNotBefore() throws InterruptedException {
        long run = leased("insert", ELSEWHERE, 30);
        assertThat(node.runDue()).isEmpty();

        at(31);
        assertThat(node.runDue()).containsExactly(ExitCode.COMPLETED);

        assertThat(statuses()).containsExactly(run + " FAILED", run + 1 + " COMPLETED");
        at(120);
        assertThat(node.runDue()).isEmpty();
        assertThat(rest()).isZero();
    }

    @Test
    void restartsTheRunOfADeadProcessOfThisHostAtOnce() throws InterruptedException {
        Owner now = Owner.current();
        leased("insert", new Owner(now.host(), now.pid(), now.startedMillis() - 60_000), 30);
        leased("alive", now, 30);

        assertThat(node.runDue()).containsExactly(ExitCode.COMPLETED);
    }

    /** As often as it takes, which is more often than a dead run is restarted. */
    @Test
    void waitsForAQuotaWithoutCountingAttempts() throws InterruptedException {
        cluster.runs.willDo(job -> QUOTA_USED_UP);
        leased("insert", ELSEWHERE, -1);
        assertThat(node.runDue()).containsExactly(ExitCode.REFUSED);

        for (int i = 1; i <= 5; i++) {
            at(i * 602 - 2);
            assertThat(node.runDue()).isEmpty();
            at(i * 602);
            assertThat(node.runDue()).containsExactly(ExitCode.REFUSED);
        }
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.COMPLETED, null, List.of()));
        at(6 * 602);
        assertThat(node.runDue()).containsExactly(ExitCode.COMPLETED);
        at(7 * 602);
        assertThat(node.runDue()).isEmpty();
        assertThat(rest()).isZero();
        assertThat(cluster.alerts()).singleElement().asString().contains("a quota is used up");
    }

    @Test
    void restartsNoMoreWhatFailsForAnotherReasonAfterAQuota() throws InterruptedException {
        cluster.runs.willDo(job -> QUOTA_USED_UP);
        leased("insert", ELSEWHERE, -1);
        assertThat(node.runDue()).containsExactly(ExitCode.REFUSED);
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.FAILED, null, List.of("bad rows")));

        at(700);
        assertThat(node.runDue()).containsExactly(ExitCode.FAILED);
        at(7_000);
        assertThat(node.runDue()).isEmpty();
        assertThat(rest()).isZero();
    }

    @Test
    void goesOnWaitingForAQuotaWhileNothingCanBegin() throws InterruptedException {
        cluster.runs.willDo(job -> QUOTA_USED_UP);
        leased("insert", ELSEWHERE, -1);
        assertThat(node.runDue()).containsExactly(ExitCode.REFUSED);

        cluster.runs.reachable(false);
        at(700);
        assertThat(node.runDue()).containsExactly(ExitCode.UNAVAILABLE);

        cluster.runs.reachable(true);
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.COMPLETED, null, List.of()));
        at(1_400);
        assertThat(node.runDue()).containsExactly(ExitCode.COMPLETED);
        assertThat(rest()).isZero();
    }

    @Test
    void leavesARunThatWaitsForAQuotaToWhoeverRestartsIt() throws InterruptedException {
        cluster.runs.willDo(job -> QUOTA_USED_UP);
        long run = leased("insert", ELSEWHERE, -1);
        assertThat(node.runDue()).containsExactly(ExitCode.REFUSED);
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.FAILED, null, List.of("bad rows")));
        cluster.runs.restart(run + 1, byHand -> {});

        at(700);
        assertThat(node.runDue()).isEmpty();
        assertThat(rest()).isZero();
    }

    @Test
    void pausesLongerAndLongerAndThenTellsAPerson() throws InterruptedException {
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.FAILED, null, List.of("again")));
        leased("insert", ELSEWHERE, -1);

        assertThat(node.runDue()).containsExactly(ExitCode.FAILED);
        at(29);
        assertThat(node.runDue()).isEmpty();
        at(31);
        assertThat(node.runDue()).containsExactly(ExitCode.FAILED);
        at(31 + 59);
        assertThat(node.runDue()).isEmpty();
        at(31 + 61);
        assertThat(node.runDue()).containsExactly(ExitCode.FAILED);
        at(31 + 61 + 119);
        assertThat(cluster.alerts()).isEmpty();
        at(31 + 61 + 121);
        assertThat(node.runDue()).isEmpty();
        cluster.node(0).runDue();

        assertThat(cluster.alerts())
                .containsExactly("recovery-failed insert: run 4 was restarted 3 times and has not completed;"
                        + " look at 'show 4', then 'restart 4'");
    }

    /** A person is told whenever the node dies that gives up: what is not told is not given up either. */
    @Test
    void tellsAPersonOnceWheneverTheNodeDiesThatGivesUp() throws InterruptedException {
        boolean died = true;
        for (int moment = 1; died; moment++) {
            String job = "insert-" + moment;
            exhausted(job);
            var death = new DeathSwitch(moment);
            try {
                cluster.node(new SwitchingDataSource(cluster.dataSource(), () -> death), cluster.runs)
                        .runDue();
            } catch (DeathSwitch.ProcessDeath e) {
                assertThat(death.isDead()).isTrue();
            }
            node.runDue();

            died = death.isDead();
            assertThat(cluster.alerts())
                    .as("died at moment %d: %s", moment, died)
                    .filteredOn(alert -> alert.startsWith("recovery-failed " + job + ":"))
                    .hasSize(1);
            assertThat(moment).as("moments of a look").isLessThan(20);
        }
        assertThat(cluster.alerts()).hasSizeGreaterThan(2);
    }

    /** A dead run that was restarted as often as it may be. */
    private void exhausted(String job) {
        long run = leased(job, ELSEWHERE, -1);
        new RecoveryRows(new LedgerDatabase(cluster.dataSource()), SimulatedCluster.TIME)
                .begin(new RecoveryRows.Unfinished(job, "by hand " + run, run, Owner.current(), true));
        cluster.jdbc
                .sql("UPDATE SLUICE_RECOVERY SET ATTEMPTS = 3 WHERE JOB_NAME = ?")
                .param(job)
                .update();
    }

    @Test
    void beginsAnewWithALaterRunThatDied() throws InterruptedException {
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.FAILED, null, List.of("again")));
        leased("insert", ELSEWHERE, -1);
        for (int minute = 0; minute < 10; minute++) {
            at(60 * minute);
            node.runDue();
        }
        assertThat(cluster.alerts()).hasSize(1);
        cluster.runs.willDo(job -> null);
        cluster.runs.restart(4, byHand -> {});
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.COMPLETED, null, List.of()));

        assertThat(node.runDue()).containsExactly(ExitCode.COMPLETED);
        assertThat(cluster.alerts()).hasSize(1);
    }

    @Test
    void leavesToPeopleWhatTheyStoppedOrAbandonedAndWhatItDoesNotKnow() throws InterruptedException {
        leased("unknown", ELSEWHERE, -1);
        long abandoned = leased("insert", ELSEWHERE, -1);
        mark(abandoned, "ABANDONED");
        long stopped = leased("insert", ELSEWHERE, -1);
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.FAILED, null, List.of("again")));
        assertThat(node.runDue()).hasSize(1);
        mark(stopped + 1, "STOPPED");

        at(31);

        assertThat(node.runDue()).isEmpty();
        assertThat(rest()).isZero();
    }

    @Test
    void leavesARestartThatGoesOnAlone() throws InterruptedException {
        leased("insert", ELSEWHERE, -1);
        cluster.runs.willDo(job -> null);
        assertThat(node.runDue()).hasSize(1);
        cluster.jdbc
                .sql("UPDATE SLUICE_LEASE SET EXPIRES_AT = ?")
                .param(TickRows.at(START.plusSeconds(9999)))
                .update();

        for (int minute = 1; minute < 60; minute++) {
            at(60 * minute);
            assertThat(node.runDue()).isEmpty();
        }

        assertThat(cluster.alerts()).isEmpty();
        cluster.runs.endAll();
        at(60 * 60);
        node.runDue();
        assertThat(rest()).isZero();
    }

    @Test
    void resumesWhatANodeHandedOnEvenIfItWasStopped() throws InterruptedException {
        long run = leased("insert", ELSEWHERE, 30);
        new RecoveryRows(new LedgerDatabase(cluster.dataSource()), SimulatedCluster.TIME).handOn(run);
        assertThat(node.runDue()).as("while it is being stopped").isEmpty();
        cluster.runs.endAll();
        mark(run, "STOPPED");
        cluster.jdbc.sql("UPDATE SLUICE_LEASE SET RELEASED = TRUE").update();

        at(31);

        assertThat(node.runDue()).containsExactly(ExitCode.COMPLETED);
    }

    @Test
    void resumesWhatWasHandedOnAlthoughNothingCouldBeginAtFirst() throws InterruptedException {
        handedOn();
        cluster.runs.reachable(false);
        assertThat(node.runDue()).containsExactly(ExitCode.UNAVAILABLE);

        cluster.runs.reachable(true);
        at(31);

        assertThat(node.runDue()).containsExactly(ExitCode.COMPLETED);
        assertThat(rest()).isZero();
    }

    @Test
    void leavesToPeopleWhatTheyStopAfterItWasHandedOn() throws InterruptedException {
        long run = handedOn();
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.STOPPED, null, List.of("by hand")));
        assertThat(node.runDue()).containsExactly(ExitCode.STOPPED);
        assertThat(statuses()).last().isEqualTo(run + 1 + " STOPPED");

        at(31);

        assertThat(node.runDue()).isEmpty();
        assertThat(rest()).isZero();
    }

    /** Stopped by its node, which has ended. */
    private long handedOn() {
        long run = leased("insert", ELSEWHERE, -1);
        new RecoveryRows(new LedgerDatabase(cluster.dataSource()), SimulatedCluster.TIME).handOn(run);
        cluster.runs.endAll();
        mark(run, "STOPPED");
        cluster.jdbc.sql("UPDATE SLUICE_LEASE SET RELEASED = TRUE").update();
        return run;
    }

    @Test
    void isDoneByOneNodeOnly() throws InterruptedException {
        leased("insert", ELSEWHERE, -1);
        cluster.runs.willDo(job -> {
            try {
                assertThat(cluster.node(0).runDue()).isEmpty();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new LaunchOutcome(ExitCode.COMPLETED, null, List.of());
        });

        assertThat(node.runDue()).containsExactly(ExitCode.COMPLETED);
    }

    /** A run that goes on, as far as the repository knows. */
    private long leased(String job, Owner owner, int seconds) {
        long run = cluster.runs.beginByHand(job, Map.of("label", "x"));
        cluster.jdbc
                .sql("INSERT INTO SLUICE_LEASE (JOB_NAME, JOB_KEY, FENCE, OWNER_HOST, OWNER_PID, OWNER_STARTED, RUN_ID,"
                        + " CHECKS, HEARTBEAT_AT, EXPIRES_AT, RELEASED) VALUES (?, ?, 1, ?, ?, ?, ?, 0, ?, ?, FALSE)")
                .params(job, "by hand " + run, owner.host(), owner.pid(), owner.startedMillis(), run)
                .params(TickRows.at(START), TickRows.at(START.plusSeconds(seconds)))
                .update();
        return run;
    }

    private void mark(long run, String status) {
        cluster.jdbc
                .sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = ? WHERE JOB_EXECUTION_ID = ?")
                .params(status, run)
                .update();
    }

    private List<String> statuses() {
        return cluster.jdbc
                .sql("SELECT JOB_EXECUTION_ID, STATUS FROM BATCH_JOB_EXECUTION ORDER BY JOB_EXECUTION_ID")
                .query((row, number) -> row.getLong(1) + " " + row.getString(2))
                .list();
    }

    private int rest() {
        return cluster.jdbc
                .sql("SELECT COUNT(*) FROM SLUICE_RECOVERY")
                .query(Integer.class)
                .single();
    }

    private void at(int seconds) {
        cluster.setTime(START.plus(Duration.ofSeconds(seconds)));
    }
}
