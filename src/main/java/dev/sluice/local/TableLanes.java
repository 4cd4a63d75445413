package dev.sluice.local;

import dev.sluice.local.sql.TableName;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who may change which table when. Of one table two statements that change or remove rows run and twenty wait, INSERTs
 * run beside them, and what makes, alters or empties it runs alone; tables do not wait for one another. Thread-safe.
 */
final class TableLanes implements AutoCloseable {

    private final String projectId;
    private final Clock clock;
    private final Map<TableName, Lane> lanes = new HashMap<>();
    private boolean closed;

    TableLanes(String projectId, Clock clock) {
        this.projectId = projectId;
        this.clock = clock;
    }

    /**
     * @param turn begins at once, or when those before it make room for it
     * @throws ApiError if too many wait
     */
    synchronized void enter(Turn turn) {
        Lane lane = lane(turn);
        lane.add(turn, projectId);
        begin(lane);
    }

    /** Makes room for others. */
    synchronized void leave(Turn turn) {
        Lane lane = lane(turn);
        lane.remove(turn);
        begin(lane);
        if (lane.isForgotten(clock.millis())) {
            lanes.remove(turn.table());
        }
    }

    private Lane lane(Turn turn) {
        if (!lanes.containsKey(turn.table())) {
            lanes.values().removeIf(lane -> lane.isForgotten(clock.millis()));
        }
        return lanes.computeIfAbsent(turn.table(), table -> new Lane());
    }

    private void begin(Lane lane) {
        if (!closed) {
            lane.begin(clock.millis()).forEach(Turn::begin);
        }
    }

    /** Lets a turn read the table, which others may change from now on. */
    synchronized void attempt(Turn turn) {
        lane(turn).attempt(turn);
    }

    /**
     * Says in which partitions rows change or go, before that is committed.
     *
     * @throws ConcurrentUpdate if another statement has changed one of them since the attempt began
     */
    synchronized void mutate(Turn turn, Set<String> partitions) {
        lane(turn).mutate(turn, partitions);
    }

    /** Whether what was in a turn's way may have gone since its attempt began. */
    synchronized boolean isFreeAgain(Turn turn) {
        return lane(turn).isFreeAgain(turn);
    }

    /** Nobody begins any more. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
