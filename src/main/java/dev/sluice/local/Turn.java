package dev.sluice.local;

import dev.sluice.local.Claim.Kind;
import dev.sluice.local.sql.TableName;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One stay of a job or a statement with the table that it changes; guarded by its {@link TableLanes}. */
final class Turn {

    private final Claim claim;
    private final Runnable work;
    private final Set<String> changedByOthers = new HashSet<>();
    private Set<String> changed = Set.of();
    private int ended;
    private boolean waiting;

    /** @param work what begins with the turn; it must not block */
    Turn(Claim claim, Runnable work) {
        this.claim = claim;
        this.work = work;
    }

    Kind kind() {
        return claim.kind();
    }

    TableName table() {
        return claim.table();
    }

    void begin() {
        work.run();
    }

    /** @param endedBefore how many turns of the table have ended */
    void attempt(List<Turn> others, int endedBefore) {
        ended = endedBefore;
        changed = Set.of();
        changedByOthers.clear();
        others.forEach(other -> changedByOthers.addAll(other.changed));
    }

    /** Whether one has ended since the attempt began. */
    boolean isOutlivedBy(int endedNow) {
        return endedNow > ended;
    }

    /** Waits for others, or goes on; who waits is in nobody's way. */
    void await(boolean others) {
        waiting = others;
        changed = Set.of();
    }

    boolean isWaiting() {
        return waiting;
    }

    void mutate(Set<String> partitions, List<Turn> others) {
        if (!Collections.disjoint(changedByOthers, partitions)) {
            throw new ConcurrentUpdate();
        }
        changed = partitions;
        others.forEach(other -> other.changedByOthers.addAll(partitions));
    }
}
