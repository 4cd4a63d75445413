package dev.sluice.schedule;

import static dev.sluice.schedule.SimulatedCluster.job;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.definition.JobSchedule.Misfire;
import dev.sluice.definition.JobSchedule.Overlap;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.sweep.DeathSwitch;
import dev.sluice.sweep.SwitchingDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What becomes of ticks, on every repository database. */
abstract class SchedulerContract {

    private static final String HOURLY = "0 0 * * * *";

    private SimulatedCluster cluster;

    /** Of an empty database, user included. */
    abstract String url(Path folder);

    @BeforeEach
    void open(@TempDir Path folder) {
        cluster = new SimulatedCluster(url(folder), Instant.parse("2026-06-01T00:30:00Z"));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void countsFromTheMomentItSeesAScheduleAndRunsEachTickOnce() throws InterruptedException {
        Scheduler one = cluster.node(0, job("hourly", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID));
        Scheduler other = cluster.node(0, job("hourly", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID));
        assertThat(one.runDue()).isEmpty();

        at("01:00:10");
        assertThat(one.runDue()).containsExactly(ExitCode.COMPLETED);
        assertThat(one.runDue()).isEmpty();
        assertThat(other.runDue()).isEmpty();
        at("02:00:00");
        assertThat(other.runDue()).containsExactly(ExitCode.COMPLETED);

        assertThat(cluster.ticks("hourly")).containsExactly("01:00 LAUNCHED", "02:00 LAUNCHED");
        assertThat(cluster.runs.bodies("hourly")).containsExactly("2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z");
    }

    @Test
    void actsUponMissedTicksByTheirPolicy() throws InterruptedException {
        Scheduler node = cluster.node(
                0,
                job("latest", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID),
                job("all", HOURLY, Misfire.RUN_ALL, Overlap.FORBID),
                job("skip", HOURLY, Misfire.SKIP, Overlap.FORBID));
        node.runDue();

        at("03:05:00");
        node.runDue();

        assertThat(cluster.ticks("latest"))
                .containsExactly(
                        "01:00 MISSED: seen after the next one, 2026-06-01T02:00:00Z (misfire: run-latest)",
                        "02:00 MISSED: seen after the next one, 2026-06-01T03:00:00Z (misfire: run-latest)",
                        "03:00 LAUNCHED");
        assertThat(cluster.ticks("all")).containsExactly("01:00 LAUNCHED", "02:00 LAUNCHED", "03:00 LAUNCHED");
        assertThat(cluster.ticks("skip"))
                .containsExactly(
                        "01:00 MISSED: seen 7500 s late (misfire: skip)",
                        "02:00 MISSED: seen 3900 s late (misfire: skip)",
                        "03:00 MISSED: seen 300 s late (misfire: skip)");
    }

    @Test
    void forgetsWhatNobodyWasThereForADay() throws InterruptedException {
        Scheduler node = cluster.node(0, job("all", "0 0 0/12 * * *", Misfire.RUN_ALL, Overlap.QUEUE));
        node.runDue();
        at("2026-06-02", "11:59:00");
        node.runDue();
        at("2026-06-04", "00:00:30");
        node.runDue();

        assertThat(cluster.ticks("all"))
                .as("noon of the 2nd stands for itself and midnight of the 3rd")
                .containsExactly(
                        "12:00 LAUNCHED",
                        "00:00 LAUNCHED",
                        "12:00 MISSED: nobody was there for it, nor for those after it until 2026-06-03T00:00:30Z",
                        "12:00 LAUNCHED",
                        "00:00 LAUNCHED");
        assertThat(cluster.runs.bodies("all"))
                .containsExactly(
                        "2026-06-01T12:00:00Z", "2026-06-02T00:00:00Z", "2026-06-03T12:00:00Z", "2026-06-04T00:00:00Z");
    }

    @Test
    void skipsOrQueuesWhileAnEarlierRunGoesOn() throws InterruptedException {
        Scheduler node = cluster.node(
                0,
                job("forbid", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID),
                job("queue", HOURLY, Misfire.RUN_LATEST, Overlap.QUEUE));
        node.runDue();
        cluster.runs.willDo(job -> null);
        at("01:00:01");
        node.runDue();
        long forbidden = launched("forbid");
        long queued = launched("queue");
        at("02:00:01");
        node.runDue();
        at("03:00:01");
        node.runDue();
        assertThat(cluster.ticks("queue"))
                .hasSize(3)
                .element(1)
                .asString()
                .contains("02:00 QUEUED: run %d had not ended".formatted(queued));

        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.COMPLETED, null, List.of()));
        cluster.runs.endAll();
        at("03:20:00");
        node.runDue();

        assertThat(cluster.ticks("forbid"))
                .containsExactly(
                        "01:00 LAUNCHED",
                        "02:00 SKIPPED: run %d had not ended (overlap: forbid)".formatted(forbidden),
                        "03:00 SKIPPED: run %d had not ended (overlap: forbid)".formatted(forbidden));
        assertThat(cluster.ticks("queue")).containsExactly("01:00 LAUNCHED", "02:00 LAUNCHED", "03:00 LAUNCHED");
    }

    /** The run that a job's only tick so far has begun. */
    private long launched(String job) {
        return cluster.jdbc
                .sql("SELECT RUN_ID FROM SLUICE_TICK WHERE JOB_NAME = ?")
                .param(job)
                .query(Long.class)
                .single();
    }

    /** Between the end of a run that was handed on and its restart, nothing seems to go on. */
    @Test
    void skipsWhileAnEarlierRunIsToBeRecovered() throws InterruptedException {
        Scheduler node = cluster.node(0, job("forbid", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID));
        node.runDue();
        cluster.runs.willDo(job -> null);
        at("01:00:01");
        node.runDue();
        new RecoveryRows(new LedgerDatabase(cluster.dataSource()), SimulatedCluster.TIME).handOn(1);
        cluster.runs.endAll();
        cluster.jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STOPPED'").update();
        cluster.runs.reachable(false);
        at("02:00:01");
        assertThat(node.runDue()).containsExactly(ExitCode.UNAVAILABLE);

        cluster.runs.reachable(true);
        cluster.runs.willDo(job -> new LaunchOutcome(ExitCode.COMPLETED, null, List.of()));
        at("02:30:00");
        assertThat(node.runDue()).containsExactly(ExitCode.COMPLETED);
        at("03:00:01");
        node.runDue();

        assertThat(cluster.ticks("forbid"))
                .containsExactly(
                        "01:00 LAUNCHED", "02:00 SKIPPED: run 1 had not ended (overlap: forbid)", "03:00 LAUNCHED");
    }

    @Test
    void keepsTheLimitsOfAJobAndOfAnOrganization() throws InterruptedException {
        Scheduler node = cluster.node(
                2,
                job("narrow", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID, null, 1),
                job("a", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID, "acme", 9),
                job("b", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID, "acme", 9),
                job("c", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID, "acme", 9),
                job("d", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID, "globex", 9));
        node.runDue();
        cluster.runs.beginByHand("narrow", Map.of("label", "by hand"));
        cluster.runs.willDo(job -> null);

        at("01:00:05");
        node.runDue();

        assertThat(cluster.ticks("narrow"))
                .containsExactly("01:00 QUEUED: 1 runs of the job go on, no more may (concurrentRuns)");
        assertThat(cluster.states()).containsEntry("LAUNCHED", 3L).containsEntry("QUEUED", 2L);
        assertThat(cluster.ticks("d")).containsExactly("01:00 LAUNCHED");
        cluster.runs.endAll();
        node.runDue();
        assertThat(cluster.states()).containsOnly(Map.entry("LAUNCHED", 5L));
    }

    /** Counting and claiming are two statements; each node here has a job of its own, so that nothing else is between them. */
    @Test
    void keepsTheLimitOfAnOrganizationWhenTwoNodesCountAtOnce() throws Exception {
        List<ScheduledJob> one = List.of(job("a", HOURLY, Misfire.RUN_LATEST, Overlap.QUEUE, "acme", 9));
        List<ScheduledJob> two = List.of(job("b", HOURLY, Misfire.RUN_LATEST, Overlap.QUEUE, "acme", 9));
        TickQueue other = cluster.queue(cluster.dataSource(), SimulatedCluster.TIME, 1, two);
        var others = new AtomicReference<CompletableFuture<Optional<ClaimedTick>>>();
        Runnable meanwhile = () -> {
            others.set(CompletableFuture.supplyAsync(() -> other.claim(other.plan())));
            awaitShortly(others.get());
        };
        TickQueue first = cluster.queue(
                new Interrupted(cluster.dataSource(), "UPDATE SLUICE_TICK SET STATE = 'CLAIMED'", meanwhile),
                SimulatedCluster.TIME,
                1,
                one);
        first.plan();
        other.plan();
        at("01:00:05");

        Optional<ClaimedTick> claimed = first.claim(first.plan());

        assertThat(claimed).isPresent();
        assertThat(others.get().get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(cluster.ticks("a")).containsExactly("01:00 CLAIMED");
        assertThat(cluster.ticks("b"))
                .containsExactly("01:00 QUEUED: 1 runs of acme go on, no more may (concurrent-runs-per-org)");
    }

    /** What is claimed and what goes on are two counts; a run that begins between them is in one of them. */
    @Test
    void keepsTheLimitOfAnOrganizationWhileARunBegins() {
        List<ScheduledJob> one = List.of(job("a", HOURLY, Misfire.RUN_LATEST, Overlap.QUEUE, "acme", 9));
        List<ScheduledJob> two = List.of(job("b", HOURLY, Misfire.RUN_LATEST, Overlap.QUEUE, "acme", 9));
        TickQueue first = cluster.queue(cluster.dataSource(), SimulatedCluster.TIME, 1, one);
        var claimed = new AtomicReference<ClaimedTick>();
        cluster.runs.willDo(job -> null);
        TickQueue second = cluster.queue(
                new Interrupted(
                        cluster.dataSource(),
                        "SELECT COUNT(*) FROM SLUICE_TICK WHERE STATE = 'CLAIMED'",
                        () -> begin(claimed.get())),
                SimulatedCluster.TIME,
                1,
                two);
        first.plan();
        second.plan();
        at("01:00:05");
        claimed.set(first.claim(first.plan()).orElseThrow());

        assertThat(second.claim(second.plan())).isEmpty();
        assertThat(cluster.ticks("a")).containsExactly("01:00 LAUNCHED");
    }

    private void begin(ClaimedTick tick) {
        var database = new LedgerDatabase(cluster.dataSource());
        new TickRun(
                        cluster.runs,
                        SimulatedCluster.rows(database, SimulatedCluster.TIME),
                        SimulatedCluster.ends(database, SimulatedCluster.TIME))
                .start(tick);
    }

    /** Long enough for a claim that nothing keeps waiting; who waits for the turn goes on waiting. */
    private static void awaitShortly(CompletableFuture<?> claim) {
        try {
            claim.get(400, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // it waits, as it should
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void runsOneTickOfAJobAtATimeOnTwoNodesThatLookAtOnce() throws Exception {
        ScheduledJob job = job("narrow", HOURLY, Misfire.RUN_ALL, Overlap.QUEUE, null, 1);
        List<Scheduler> nodes = List.of(cluster.node(0, job), cluster.node(0, job));
        nodes.get(0).runDue();
        cluster.runs.willDo(name -> null);
        at("06:00:05");

        for (long launched = 1; launched <= 6; launched++) {
            List<CompletableFuture<List<ExitCode>>> looks = nodes.stream()
                    .map(node -> CompletableFuture.supplyAsync(() -> runDue(node)))
                    .toList();
            for (CompletableFuture<List<ExitCode>> look : looks) {
                look.get(60, TimeUnit.SECONDS);
            }
            assertThat(cluster.states()).containsEntry("LAUNCHED", launched);
            cluster.runs.endAll();
        }
    }

    private static List<ExitCode> runDue(Scheduler node) {
        try {
            return node.runDue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void endsTicksThatCannotBeStartedWithTheReason() throws InterruptedException {
        Scheduler node = nodeThat((job, parameters, observer) ->
                new LaunchOutcome(ExitCode.REFUSED, null, List.of("the source changed")));
        at("01:00:00");
        assertThat(node.runDue()).containsExactly(ExitCode.REFUSED);
        assertThat(cluster.ticks("hourly")).containsExactly("01:00 REFUSED: the source changed");
    }

    /** A person is told whenever the node dies that ends the tick: what is not told has not ended either. */
    @Test
    void tellsAPersonOnceOfARefusedTickWheneverItsNodeDies() throws InterruptedException {
        ScheduledJob job = job("hourly", HOURLY, Misfire.RUN_ALL, Overlap.QUEUE);
        TickRun.Launches refuses = (name, parameters, observer) ->
                new LaunchOutcome(ExitCode.REFUSED, null, List.of("the source changed"));
        Scheduler heir = cluster.node(refuses, job);
        heir.runDue();
        boolean died = true;
        for (int hour = 1; died; hour++) {
            var death = new DeathSwitch(hour);
            at("%02d:00:00".formatted(hour));
            try {
                cluster.node(new SwitchingDataSource(cluster.dataSource(), () -> death), refuses, job)
                        .runDue();
            } catch (DeathSwitch.ProcessDeath e) {
                assertThat(death.isDead()).isTrue();
            }
            at("%02d:00:31".formatted(hour));
            heir.runDue();

            died = death.isDead();
            String tick = "the tick of 2026-06-01T%02d:00:00Z was refused: the source changed".formatted(hour);
            assertThat(cluster.alerts())
                    .as("died at moment %d: %s", hour, died)
                    .filteredOn(("tick-refused hourly: " + tick)::equals)
                    .hasSize(1);
        }
        assertThat(cluster.alerts()).hasSizeGreaterThan(5);
    }

    @Test
    void tellsOfAStartThatBrokeAndGoesOn() throws InterruptedException {
        var logger = (Logger) LoggerFactory.getLogger(Scheduler.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        Scheduler node = nodeThat((job, parameters, observer) -> {
            throw new IllegalStateException("the launcher broke");
        });
        at("01:00:00");
        logger.addAppender(log);
        try {
            node.dispatch();
            node.end();
            assertThat(node.awaitEnd(Duration.ofSeconds(30))).isTrue();
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("the start of the tick 2026-06-01T01:00:00Z of hourly failed: the launcher broke;"
                        + " when its claim has run out, a node finds its run or starts it; see 'ticks'");
        assertThat(cluster.ticks("hourly")).containsExactly("01:00 CLAIMED");
    }

    @Test
    void letsATickWaitWhoseLaunchWasLost() throws InterruptedException {
        var lost = new AtomicInteger(2);
        Scheduler node = nodeThat((job, parameters, observer) -> lost.getAndDecrement() > 0
                ? new LaunchOutcome(ExitCode.ALREADY_RUNNING, null, List.of("lost"))
                : cluster.runs.start(job, parameters, observer));
        at("01:00:00");

        assertThat(node.runDue())
                .containsExactly(ExitCode.ALREADY_RUNNING, ExitCode.ALREADY_RUNNING, ExitCode.COMPLETED);
        assertThat(cluster.ticks("hourly")).containsExactly("01:00 LAUNCHED");
    }

    @Test
    void findsTheRunOfAClaimantThatDiedBeforeItCouldSaySo() throws InterruptedException {
        ScheduledJob job = job("hourly", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID);
        Scheduler node = cluster.node(0, job);
        node.runDue();
        at("01:00:00");
        TickQueue dying = cluster.queue(cluster.dataSource(), SimulatedCluster.TIME, 0, List.of(job));
        ClaimedTick claim = dying.claim(dying.plan()).orElseThrow();
        cluster.runs.start("hourly", job.parametersFor(claim.at()), (run, name, parameters, resumed) -> {});

        node.runDue();
        assertThat(cluster.ticks("hourly")).containsExactly("01:00 CLAIMED");
        at("01:00:31");
        assertThat(node.runDue()).containsExactly(ExitCode.ALREADY_COMPLETED);

        assertThat(cluster.ticks("hourly")).containsExactly("01:00 LAUNCHED: run 1 is there");
        assertThat(cluster.runs.bodies("hourly")).hasSize(1);
    }

    @Test
    void givesUpATickThatNodeAfterNodeTookAndDidNotStart() throws InterruptedException {
        ScheduledJob job = job("hourly", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID);
        TickQueue dying = cluster.queue(cluster.dataSource(), SimulatedCluster.TIME, 0, List.of(job));
        dying.plan();
        for (int minute = 0; minute < 5; minute++) {
            at("01:0%d:00".formatted(minute));
            assertThat(dying.claim(dying.plan())).isPresent();
        }
        at("01:06:00");
        cluster.node(0, job).runDue();

        assertThat(cluster.ticks("hourly")).singleElement().asString().contains("REFUSED: 5 nodes in turn");
    }

    @Test
    void findsTheRunThatAPausedNodeBeganAfterAll() throws InterruptedException {
        ScheduledJob job = job("hourly", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID);
        TickQueue pausing = cluster.queue(cluster.dataSource(), SimulatedCluster.TIME, 0, List.of(job));
        pausing.plan();
        Instant tick = Instant.EPOCH;
        for (int minute = 0; minute < 5; minute++) {
            at("01:0%d:00".formatted(minute));
            tick = pausing.claim(pausing.plan()).orElseThrow().at();
        }
        cluster.runs.start("hourly", job.parametersFor(tick), (run, name, parameters, resumed) -> {});
        at("01:06:00");
        cluster.node(0, job).runDue();

        assertThat(cluster.ticks("hourly")).containsExactly("01:00 LAUNCHED: begun under an earlier claim");
    }

    @Test
    void findsTheRunOfAnEarlierClaimBeforeItMissesOrRefusesATick() throws InterruptedException {
        ScheduledJob job = job("hourly", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID);
        Scheduler refusing = nodeThat((name, parameters, observer) ->
                new LaunchOutcome(ExitCode.REFUSED, null, List.of("the source changed")));
        TickQueue pausing = cluster.queue(cluster.dataSource(), SimulatedCluster.TIME, 0, List.of(job));
        at("01:00:00");
        ClaimedTick claim = pausing.claim(pausing.plan()).orElseThrow();
        cluster.runs.start("hourly", job.parametersFor(claim.at()), (run, name, parameters, resumed) -> {});
        at("01:00:31");
        assertThat(refusing.runDue()).containsExactly(ExitCode.REFUSED);

        assertThat(cluster.ticks("hourly")).containsExactly("01:00 LAUNCHED: begun under an earlier claim");
        assertThat(cluster.alerts()).isEmpty();
    }

    @Test
    void plansAChangedScheduleWithoutLosingOrInventingTicks() throws InterruptedException {
        Scheduler old = cluster.node(0, job("hourly", HOURLY, Misfire.RUN_ALL, Overlap.QUEUE));
        Scheduler changed = cluster.node(0, job("hourly", "0 30 * * * *", Misfire.RUN_ALL, Overlap.QUEUE));
        old.runDue();
        at("03:00:00");
        old.runDue();
        at("05:45:00");
        changed.runDue();
        changed.runDue();
        at("06:29:59");
        old.runDue();
        at("06:30:00");
        changed.runDue();
        changed.runDue();

        assertThat(cluster.ticks("hourly"))
                .containsExactly("01:00 LAUNCHED", "02:00 LAUNCHED", "03:00 LAUNCHED", "06:30 LAUNCHED");
    }

    @Test
    void leavesTicksOfUnknownJobsToOthersForADay() throws InterruptedException {
        Scheduler knows = cluster.node(0, job("known", HOURLY, Misfire.RUN_ALL, Overlap.QUEUE));
        Scheduler ignorant = cluster.node(0);
        knows.runDue();
        at("01:00:00");
        cluster.queue(
                        cluster.dataSource(),
                        SimulatedCluster.TIME,
                        0,
                        List.of(job("known", HOURLY, Misfire.RUN_ALL, Overlap.QUEUE)))
                .plan();

        ignorant.runDue();
        assertThat(cluster.ticks("known")).containsExactly("01:00 DUE");
        at("2026-06-02", "01:00:01");
        ignorant.runDue();
        assertThat(cluster.ticks("known")).singleElement().asString().contains("MISSED: nobody could start it");
    }

    private Scheduler nodeThat(TickRun.Launches launches) throws InterruptedException {
        ScheduledJob job = job("hourly", HOURLY, Misfire.RUN_LATEST, Overlap.FORBID);
        cluster.node(0, job).runDue();
        return cluster.node(launches, job);
    }

    private void at(String time) {
        at("2026-06-01", time);
    }

    private void at(String day, String time) {
        cluster.setTime(Instant.parse(day + "T" + time + "Z"));
    }
}
