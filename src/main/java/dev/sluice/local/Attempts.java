package dev.sluice.local;

import dev.sluice.local.Claim.Kind;
import dev.sluice.local.sql.TableName;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Transactions of jobs and statements that begin again when another's change was in the way. Thread-safe. */
final class Attempts {

    /** BigQuery runs DML that met other DML so often again. */
    private static final int RERUNS = 3;

    private static final int MOST = 20;
    private static final long PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final Store store;
    private final TableLanes lanes;
    private final String projectId;

    Attempts(Store store, TableLanes lanes, String projectId) {
        this.store = store;
        this.lanes = lanes;
        this.projectId = projectId;
    }

    /** Waits for the turn of a statement that changes a table, and gives it back. */
    <T> T inTurn(Claim claim, RunningJob state, Store.Work<T> work) {
        var begun = new CountDownLatch(1);
        var turn = new Turn(claim, begun::countDown);
        lanes.enter(turn);
        try {
            while (!begun.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                state.requireGoing();
            }
            return run(state, turn, work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.backend("a statement was interrupted");
        } finally {
            lanes.leave(turn);
        }
    }

    /** @throws ApiError if others were in the way again and again */
    <T> T run(RunningJob state, Turn turn, Store.Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            lanes.attempt(turn);
            Optional<T> result = attempt(state, connection -> {
                T done = work.on(connection);
                lanes.mutate(turn, state.changed());
                return done;
            });
            if (result.isPresent()) {
                return result.get();
            }
            if (turn.kind() == Kind.MUTATE) {
                awaitOther(state, turn, attempt);
            } else {
                pause(state, attempt);
            }
        }
    }

    /** Of what only reads: it begins at once, and again behind what others have journaled if it reads that. */
    <T> T runReading(RunningJob state, Store.Work<T> work) {
        state.again();
        return attempt(() -> store.attemptReading(work)).orElseGet(() -> run(state, work));
    }

    /** Of what changes no table. */
    <T> T run(RunningJob state, Store.Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            Optional<T> result = attempt(state, work);
            if (result.isPresent()) {
                return result.get();
            }
            pause(state, attempt);
        }
    }

    private <T> Optional<T> attempt(RunningJob state, Store.Work<T> work) {
        state.again();
        return attempt(() -> store.attempt(work));
    }

    private interface Attempt<T> {
        T make() throws SQLException;
    }

    private static <T> Optional<T> attempt(Attempt<T> attempt) {
        try {
            return Optional.of(attempt.make());
        } catch (ConcurrentUpdate e) {
            return Optional.empty();
        } catch (SQLException e) {
            if (Faults.isConflict(e)) {
                return Optional.empty();
            }
            throw Faults.of(e);
        }
    }

    private void awaitOther(RunningJob state, Turn turn, int attempt) {
        if (attempt > RERUNS) {
            TableName table = turn.table();
            throw new ApiError(
                    400,
                    "invalidQuery",
                    "Could not serialize access to table %s:%s.%s due to concurrent update"
                            .formatted(projectId, table.dataset(), table.table()));
        }
        while (!lanes.isFreeAgain(turn)) {
            state.pause(PAUSE_MILLIS);
        }
    }

    private static void pause(RunningJob state, int attempt) {
        if (attempt >= MOST) {
            throw ApiError.backend("other changes were faster");
        }
        state.pause(Math.min(LONGEST_PAUSE_MILLIS, attempt * PAUSE_MILLIS));
    }
}
