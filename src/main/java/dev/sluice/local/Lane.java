package dev.sluice.local;

import dev.sluice.local.Claim.Kind;
import dev.sluice.local.sql.TableName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Those who change one table, as BigQuery documents its DML; guarded by its {@link TableLanes}. */
final class Lane {

    private static final int MUTATING = 2;
    private static final int MUTATIONS_QUEUED = 20;
    private static final int FREE_INSERTS = 1500;
    private static final int INSERTING = 10;
    private static final int INSERTS_QUEUED = 100;

    private final List<Turn> running = new ArrayList<>();
    private final List<Turn> waiting = new ArrayList<>();
    private final Recent inserts = new Recent(Recent.DAY);
    private int ended;

    /** @throws ApiError if too many wait */
    void add(Turn turn, String projectId) {
        int limit = turn.kind() == Kind.MUTATE ? MUTATIONS_QUEUED : INSERTS_QUEUED;
        boolean limited = turn.kind() == Kind.MUTATE || turn.kind() == Kind.INSERT;
        if (limited && count(waiting, turn.kind()) >= limit) {
            TableName table = turn.table();
            throw new ApiError(
                    400,
                    "resourcesExceeded",
                    "Resources exceeded during query execution: Too many DML statements outstanding against table"
                            + " %s:%s.%s, limit is %d".formatted(projectId, table.dataset(), table.table(), limit));
        }
        waiting.add(turn);
    }

    /** Lets those begin who may. */
    List<Turn> begin(long now) {
        List<Turn> begun = new ArrayList<>();
        for (Iterator<Turn> turns = waiting.iterator(); turns.hasNext(); ) {
            Turn turn = turns.next();
            if (mayBegin(turn.kind(), now)) {
                turns.remove();
                running.add(turn);
                begun.add(turn);
            } else if (turn.kind() == Kind.REPLACE) {
                break;
            }
        }
        return begun;
    }

    private boolean mayBegin(Kind kind, long now) {
        if (count(running, Kind.REPLACE) > 0) {
            return false;
        }
        return switch (kind) {
            case APPEND -> true;
            case MUTATE -> count(running, Kind.MUTATE) < MUTATING;
            case REPLACE -> running.isEmpty();
            case INSERT -> {
                boolean begins = inserts.count(now) < FREE_INSERTS || count(running, Kind.INSERT) < INSERTING;
                if (begins) {
                    inserts.add(now);
                }
                yield begins;
            }
        };
    }

    private static long count(List<Turn> turns, Kind kind) {
        return turns.stream().filter(turn -> turn.kind() == kind).count();
    }

    void remove(Turn turn) {
        if (running.remove(turn)) {
            ended++;
        }
        waiting.remove(turn);
    }

    /** Lets a turn read the table, which others may change from now on. */
    void attempt(Turn turn) {
        turn.attempt(mutatingBeside(turn), ended);
    }

    void mutate(Turn turn, Set<String> partitions) {
        turn.mutate(partitions, mutatingBeside(turn));
    }

    /** Whether what was in a turn's way may have gone since its attempt, which has been rolled back, began. */
    boolean isFreeAgain(Turn turn) {
        boolean free = turn.isOutlivedBy(ended) || mutatingBeside(turn).stream().allMatch(Turn::isWaiting);
        turn.await(!free);
        return free;
    }

    /** Whether nothing needs to be known of it any more. */
    boolean isForgotten(long now) {
        return running.isEmpty() && waiting.isEmpty() && inserts.count(now) == 0;
    }

    private List<Turn> mutatingBeside(Turn turn) {
        return running.stream()
                .filter(other -> other != turn && other.kind() == Kind.MUTATE)
                .toList();
    }
}
