package dev.sluice.schedule;

import dev.sluice.definition.JobSchedule.Misfire;
import dev.sluice.definition.JobSchedule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Three nodes and a tick each second, for some simulated minutes: statement by statement in seeded order, with nodes that
 * are killed and replaced, or left alone for up to two minutes. Each has a clock of its own that is up to ten minutes off
 * and is set anew now and then; by it runs are stamped, as Spring Batch stamps them. A judge looks at what is left.
 *
 * <p>Real are the statements of the scheduler and the database. Simulated are time, the processes (a dead one sends nothing
 * more; what it had sent has happened) and what a launch does ({@link SimulatedRuns}).
 */
final class ClusterSimulation {

    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final int NODES = 3;
    private static final int STEPS_PER_SECOND = 60;
    private static final Duration REST = Duration.ofMinutes(2);
    private static final int MAX_SKEW_SECONDS = 600;
    private static final int FATES = 1000;
    private static final int KILL = 0;
    private static final int PAUSE = 1;
    private static final int SET_CLOCK = 2;

    private final SimulatedCluster cluster;
    private final Random random;
    private final List<ScheduledJob> jobs =
            List.of(SimulatedCluster.job("each-second", "* * * * * *", Misfire.RUN_ALL, Overlap.QUEUE));
    private final DatabaseTime[] times = new DatabaseTime[NODES];
    private final SimulatedNode[] nodes = new SimulatedNode[NODES];
    private final Instant[] pausedUntil = new Instant[NODES];
    private final Duration[] skews = new Duration[NODES];
    private final int[] befell = new int[SET_CLOCK + 1];

    /** @param trusting whether nodes take their own clocks for the time of ticks */
    ClusterSimulation(String url, long seed, boolean trusting) {
        this.cluster = new SimulatedCluster(url, START);
        this.random = new Random(seed);
        for (int i = 0; i < NODES; i++) {
            skews[i] = skew();
            times[i] = trusting
                    ? new DatabaseTime("(SELECT NOW_AT + INTERVAL '%d' SECOND FROM SIMULATED_TIME)"
                            .formatted(skews[i].toSeconds()))
                    : SimulatedCluster.TIME;
            nodes[i] = node(i);
            pausedUntil[i] = START;
        }
    }

    private Duration skew() {
        return Duration.ofSeconds(random.nextInt(2 * MAX_SKEW_SECONDS) - MAX_SKEW_SECONDS);
    }

    private SimulatedNode node(int i) {
        return new SimulatedNode(cluster, times[i], cluster.clock(() -> skews[i]), jobs);
    }

    /** @return what the judge found; empty if every tick has one end and one run, in time */
    List<String> run(int minutes) throws InterruptedException {
        try (cluster) {
            Instant end = START.plus(Duration.ofMinutes(minutes));
            Instant now = START;
            // in the end nobody dies any more, so that what was begun is ended
            for (; now.isBefore(end.plus(REST)); now = now.plusSeconds(1)) {
                cluster.setTime(now);
                for (int step = 0; step < STEPS_PER_SECOND; step++) {
                    step(random.nextInt(NODES), now, now.isBefore(end) ? fate(now, step) : FATES);
                }
            }
            for (SimulatedNode node : nodes) {
                node.kill();
            }
            System.out.printf(
                    "schedule: %d kills, %d pauses, %d clocks set, ticks %s%n",
                    befell[KILL], befell[PAUSE], befell[SET_CLOCK], cluster.states());
            return judge(end);
        }
    }

    /** Whatever the seed, each happens at least once in a minute. */
    private int fate(Instant now, int step) {
        int second = now.atOffset(ZoneOffset.UTC).getSecond();
        return step == 0 && second % 20 == 10 ? second / 20 : random.nextInt(FATES);
    }

    private void step(int i, Instant now, int fate) throws InterruptedException {
        if (fate <= SET_CLOCK) {
            befell[fate]++;
        }
        switch (fate) {
            case KILL -> {
                nodes[i].kill();
                // what the recovery does with the dead node's runs; it has a contract of its own
                cluster.runs.endAll();
                nodes[i] = node(i);
            }
            case PAUSE -> pausedUntil[i] = now.plusSeconds(random.nextInt(120));
            case SET_CLOCK -> skews[i] = skew();
            default -> {
                if (!now.isBefore(pausedUntil[i])) {
                    nodes[i].step();
                }
            }
        }
    }

    private List<String> judge(Instant end) {
        List<String> faults = new ArrayList<>();
        if (befell[KILL] == 0 || befell[PAUSE] == 0 || befell[SET_CLOCK] == 0) {
            faults.add("nothing befell the nodes, so that nothing is proven");
        }
        List<String> bodies = cluster.runs.bodies("each-second");
        var once = new TreeSet<>(bodies);
        if (once.size() < bodies.size()) {
            faults.add("%d ticks ran more than once".formatted(bodies.size() - once.size()));
        }
        var launched = new TreeSet<String>();
        for (Row row : rows()) {
            if (row.state().equals("LAUNCHED")) {
                launched.add(row.tick().toString());
            } else if (row.tick().isBefore(end)) {
                faults.add("the tick %s is %s".formatted(row.tick(), row.state()));
            }
        }
        for (Instant tick = START.plusSeconds(5); tick.isBefore(end); tick = tick.plusSeconds(1)) {
            if (!launched.contains(tick.toString())) {
                faults.add("the tick %s has no run".formatted(tick));
            }
        }
        if (!launched.headSet(end.toString()).equals(once.headSet(end.toString()))) {
            faults.add("ticks that were launched and ticks of runs differ");
        }
        faults.addAll(cluster.runs.earlyStarts());
        return faults;
    }

    private record Row(Instant tick, String state) {}

    private List<Row> rows() {
        return cluster.jdbc
                .sql("SELECT TICK, STATE FROM SLUICE_TICK ORDER BY TICK")
                .query((row, number) ->
                        new Row(row.getObject("TICK", OffsetDateTime.class).toInstant(), row.getString("STATE")))
                .list();
    }
}
