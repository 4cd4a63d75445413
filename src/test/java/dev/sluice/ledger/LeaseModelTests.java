package dev.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.ledger.LeaseModel.State;
import dev.sluice.sweep.Shard;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every order in which two processes can take a lease, work under it, pause past its end, be asked to stop, and die:
 * each transition is the real statement on a real row, each state is looked at.
 */
class LeaseModelTests {

    @Test
    void noTwoOwnersCommitWhateverDiesOrPausesOnce() {
        search(1, 1);
    }

    @Test
    @Tag("sweep")
    void noTwoOwnersCommitWhateverDiesOrPausesTwice() {
        assumeTrue(Shard.chosen().covers(2));
        search(2, 2);
    }

    private static void search(int deaths, int pauses) {
        try (var model = new LeaseModel()) {
            Map<State, Set<State>> predecessors = new HashMap<>();
            Set<State> finished = new HashSet<>();
            State first = State.first(deaths, pauses);
            Deque<State> open = new ArrayDeque<>(List.of(first));
            predecessors.put(first, new HashSet<>());
            while (!open.isEmpty()) {
                State state = open.remove();
                if (state.isFinished()) {
                    finished.add(state);
                }
                for (State next : model.after(state)) {
                    if (!predecessors.containsKey(next)) {
                        predecessors.put(next, new HashSet<>());
                        open.add(next);
                    }
                    predecessors.get(next).add(state);
                }
            }
            System.out.printf(
                    "%d states of the lease, %d of them finished; %d deaths, %d pauses%n",
                    predecessors.size(), finished.size(), deaths, pauses);
            assertThat(finished).isNotEmpty();
            Set<State> stuck = new HashSet<>(predecessors.keySet());
            stuck.removeAll(reaching(finished, predecessors));
            assertThat(stuck.stream().findFirst())
                    .as("a state in which the work cannot be finished any more")
                    .isEmpty();
        }
    }

    private static Set<State> reaching(Set<State> goals, Map<State, Set<State>> predecessors) {
        Set<State> reaching = new HashSet<>(goals);
        Deque<State> open = new ArrayDeque<>(goals);
        while (!open.isEmpty()) {
            for (State before : predecessors.get(open.remove())) {
                if (reaching.add(before)) {
                    open.add(before);
                }
            }
        }
        return reaching;
    }
}
