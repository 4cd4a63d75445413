package dev.sluice.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sluice.definition.JobSchedule.Misfire;
import dev.sluice.definition.JobSchedule.Overlap;
import dev.sluice.ledger.LedgerDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Every state that two nodes and one tick can come to, with a crash or a pause of any length at every edge. The states are
 * searched here; what each step does to the row is done by the statements that nodes use, on a real database.
 */
class TickModelTests {

    private static final Instant TICK = Instant.parse("2026-06-01T03:00:00Z");
    private static final ScheduledJob JOB =
            SimulatedCluster.job("job", "0 0 * * * *", Misfire.RUN_LATEST, Overlap.FORBID);
    private static final int NODES = 2;
    private static final int MAX_CLAIMS = 3;
    private static final Set<TickState> ENDS =
            EnumSet.of(TickState.LAUNCHED, TickState.SKIPPED, TickState.MISSED, TickState.REFUSED);

    /** Where a node is between two statements. */
    private enum At {
        IDLE,
        /** It has read the row and is about to claim it. */
        READ,
        /** It holds a claim and is about to start the run. */
        CLAIMED,
        /** Its run has begun, and it is about to say so. */
        BEGUN,
        /** The gate told it of the run of another node, and it is about to say so. */
        FOUND,
        /** The launch was lost, and it is about to give the tick back. */
        LOST
    }

    /** @param claim that it has read or holds */
    private record Node(At at, int claim, TickState seen, boolean expired) {
        static final Node IDLE = new Node(At.IDLE, 0, TickState.DUE, false);
    }

    /**
     * @param expired whether the row's claim is over by the database's clock
     * @param bodies runs that have begun
     * @param late whether that was after the tick had ended
     */
    private record State(TickState row, int claim, boolean expired, int bodies, boolean late, List<Node> nodes) {}

    /** Thousands of refusals are none that a person has to look at. */
    private final Logger alerts = (Logger) LoggerFactory.getLogger(Alerts.class);

    private SimulatedCluster cluster;
    private TickRows rows;
    private TickEnds ends;
    private long body;

    @BeforeEach
    void open() {
        alerts.setLevel(Level.OFF);
        cluster = new SimulatedCluster("jdbc:h2:mem:model;USER=sa", TICK);
        var database = new LedgerDatabase(cluster.dataSource());
        rows = SimulatedCluster.rows(database, SimulatedCluster.TIME);
        ends = SimulatedCluster.ends(database, SimulatedCluster.TIME);
        new PlanRows(database, SimulatedCluster.TIME, (j, t, e, r, w) -> {}).add(JOB, TICK, null);
        body = cluster.runs.beginByHand("job", Map.of());
    }

    @AfterEach
    void close() {
        cluster.close();
        alerts.setLevel(null);
    }

    @Test
    void endsEveryTickOnceWhoeverDiesOrPausesWherever() {
        Map<State, List<State>> graph = search();

        System.out.printf(
                "tick model: %d states, %d edges%n",
                graph.size(), graph.values().stream().mapToInt(List::size).sum());
        assertThat(graph).hasSizeGreaterThan(200);
        graph.forEach((from, next) -> {
            assertThat(from.bodies()).as("%s", from).isLessThanOrEqualTo(1);
            if (from.row() == TickState.LAUNCHED) {
                assertThat(from.bodies()).as("%s", from).isOne();
            }
            if (from.row() == TickState.SKIPPED) {
                assertThat(from.bodies()).as("%s", from).isZero();
            }
            if (from.row() == TickState.MISSED || from.row() == TickState.REFUSED) {
                assertThat(from.bodies() == 0 || from.late()).as("%s", from).isTrue();
            }
            if (ENDS.contains(from.row())) {
                assertThat(next).as("%s", from).allMatch(to -> to.row() == from.row());
            }
        });
        Set<State> ending = ending(graph);
        assertThat(graph.keySet())
                .as("an end can be reached from everywhere within the horizon of %d claims", MAX_CLAIMS)
                .allMatch(state -> state.claim() == MAX_CLAIMS || ending.contains(state));
    }

    private Map<State, List<State>> search() {
        Map<State, List<State>> graph = new HashMap<>();
        Deque<State> open = new ArrayDeque<>();
        open.add(new State(TickState.DUE, 0, false, 0, false, List.of(Node.IDLE, Node.IDLE)));
        while (!open.isEmpty()) {
            State state = open.remove();
            if (graph.containsKey(state)) {
                continue;
            }
            List<State> next = steps(state);
            graph.put(state, next);
            open.addAll(next);
        }
        return graph;
    }

    private List<State> steps(State state) {
        List<State> next = new ArrayList<>();
        if (state.row() == TickState.CLAIMED && !state.expired()) {
            next.add(new State(state.row(), state.claim(), true, state.bodies(), state.late(), state.nodes()));
        }
        for (int i = 0; i < NODES; i++) {
            if (state.nodes().get(i).at() != At.IDLE) {
                next.add(with(state, i, Node.IDLE));
            }
            step(state, i, next);
        }
        return next;
    }

    private void step(State state, int i, List<State> next) {
        Node node = state.nodes().get(i);
        var claimed = new ClaimedTick(JOB, TICK, node.claim());
        put(state);
        switch (node.at()) {
            case IDLE -> {
                if (!ENDS.contains(state.row()) && state.claim() < MAX_CLAIMS) {
                    var read = new Node(At.READ, state.claim(), state.row(), state.expired());
                    next.add(with(state, i, read));
                }
            }
            case READ -> {
                var tick = new OpenTick("job", TICK, node.seen(), node.claim(), node.expired());
                boolean mine = rows.claim(tick, "node " + i);
                next.add(after(state, i, mine ? new Node(At.CLAIMED, node.claim() + 1, node.seen(), false) : null, 0));
                put(state);
                // looks for a run first; one that begins between the look and the end is as one that begins after it
                ends.end(tick, TickState.MISSED, "too late");
                next.add(after(state, i, null, 0));
                if (node.seen() == TickState.DUE) {
                    put(state);
                    ends.end(tick, TickState.SKIPPED, "overlap");
                    next.add(after(state, i, null, 0));
                }
                if (node.expired()) {
                    put(state);
                    ends.settle(claimed, TickState.REFUSED, null, "given up");
                    next.add(after(state, i, null, 0));
                }
                put(state);
                rows.queue(tick, "a limit");
                next.add(after(state, i, null, 0));
            }
            case CLAIMED -> {
                // the gate: Spring Batch's unique key lets one run of the instance begin
                At at = state.bodies() == 0 ? At.BEGUN : At.FOUND;
                next.add(after(state, i, new Node(at, node.claim(), node.seen(), false), state.bodies() == 0 ? 1 : 0));
                next.add(after(state, i, new Node(At.LOST, node.claim(), node.seen(), false), 0));
                ends.settle(claimed, TickState.REFUSED, null, "refused");
                next.add(after(state, i, null, 0));
            }
            case BEGUN, FOUND -> {
                ends.settle(claimed, TickState.LAUNCHED, 1L, null);
                next.add(after(state, i, null, 0));
            }
            case LOST -> {
                rows.giveBack(claimed, "lost");
                next.add(after(state, i, null, 0));
            }
        }
    }

    /** Makes the row as the state says, and the run that carries the tick if one has begun. */
    private void put(State state) {
        cluster.setTime(TICK);
        cluster.jdbc.sql("DELETE FROM BATCH_JOB_EXECUTION_PARAMS").update();
        if (state.bodies() > 0) {
            cluster.jdbc
                    .sql("INSERT INTO BATCH_JOB_EXECUTION_PARAMS VALUES (?, 'tick', 'java.lang.String', ?, 'Y')")
                    .params(body, TICK.toString())
                    .update();
        }
        cluster.jdbc
                .sql("UPDATE SLUICE_TICK SET STATE = ?, CLAIM = ?, CLAIMED_UNTIL = ?")
                .param(state.row().name())
                .param(state.claim())
                .param(TickRows.at(TICK.plus(Duration.ofSeconds(state.expired() ? -1 : 30))))
                .update();
    }

    /** Reads what a statement has made of the row. */
    private State after(State before, int i, @Nullable Node node, int begun) {
        List<Node> nodes = new ArrayList<>(before.nodes());
        nodes.set(i, node == null ? Node.IDLE : node);
        boolean late = before.late() || begun > 0 && ENDS.contains(before.row());
        return cluster.jdbc
                .sql("SELECT STATE, CLAIM, CLAIMED_UNTIL < " + SimulatedCluster.TIME.expression() + " FROM SLUICE_TICK")
                .query((row, number) -> {
                    TickState state = TickState.valueOf(row.getString(1));
                    boolean expired = state == TickState.CLAIMED && row.getBoolean(3);
                    return new State(state, row.getInt(2), expired, before.bodies() + begun, late, List.copyOf(nodes));
                })
                .single();
    }

    private static State with(State state, int i, Node node) {
        List<Node> nodes = new ArrayList<>(state.nodes());
        nodes.set(i, node);
        return new State(state.row(), state.claim(), state.expired(), state.bodies(), state.late(), List.copyOf(nodes));
    }

    /** The states from which an end can be reached. */
    private static Set<State> ending(Map<State, List<State>> graph) {
        Set<State> ending = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<State, List<State>> edge : graph.entrySet()) {
                boolean ends = ENDS.contains(edge.getKey().row())
                        || edge.getValue().stream().anyMatch(ending::contains);
                more |= ends && ending.add(edge.getKey());
            }
        }
        return ending;
    }
}
