package dev.sluice.schedule;

import dev.sluice.definition.JobSchedule.Misfire;
import dev.sluice.definition.JobSchedule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Three nodes and a tick each second, for some simulated minutes: statement by statement in seeded order, with nodes that
 * are killed and replaced, or left alone for up to two minutes. A judge looks at what is left.
 */
final class ClusterSimulation {

    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final int NODES = 3;
    private static final int STEPS_PER_SECOND = 60;
    private static final Duration REST = Duration.ofMinutes(2);

    private final SimulatedCluster cluster;
    private final Random random;
    private final List<ScheduledJob> jobs =
            List.of(SimulatedCluster.job("each-second", "* * * * * *", Misfire.RUN_ALL, Overlap.QUEUE));
    private final DatabaseTime[] times = new DatabaseTime[NODES];
    private final SimulatedNode[] nodes = new SimulatedNode[NODES];
    private final Instant[] pausedUntil = new Instant[NODES];

    private int kills;
    private int pauses;

    /** @param wrongClocks whether nodes take their own clocks for the time, which are up to ten minutes off */
    ClusterSimulation(String url, long seed, boolean wrongClocks) {
        this.cluster = new SimulatedCluster(url, START);
        this.random = new Random(seed);
        for (int i = 0; i < NODES; i++) {
            int skew = random.nextInt(1200) - 600;
            times[i] = wrongClocks
                    ? new DatabaseTime("(SELECT NOW_AT + INTERVAL '%d' SECOND FROM SIMULATED_TIME)".formatted(skew))
                    : SimulatedCluster.TIME;
            nodes[i] = new SimulatedNode(cluster, times[i], jobs);
            pausedUntil[i] = START;
        }
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
                    step(random.nextInt(NODES), now, now.isBefore(end));
                }
            }
            for (SimulatedNode node : nodes) {
                node.kill();
            }
            System.out.printf("schedule: %d kills, %d pauses, ticks %s%n", kills, pauses, cluster.states());
            return judge(end);
        }
    }

    private void step(int i, Instant now, boolean cruel) throws InterruptedException {
        int fate = random.nextInt(1000);
        if (cruel && fate == 0) {
            kills++;
            nodes[i].kill();
            // what the recovery does with the dead node's runs; it has a contract of its own
            cluster.runs.endAll();
            nodes[i] = new SimulatedNode(cluster, times[i], jobs);
        } else if (cruel && fate == 1) {
            pauses++;
            pausedUntil[i] = now.plusSeconds(random.nextInt(120));
        } else if (!now.isBefore(pausedUntil[i])) {
            nodes[i].step();
        }
    }

    private List<String> judge(Instant end) {
        List<String> faults = new ArrayList<>();
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
