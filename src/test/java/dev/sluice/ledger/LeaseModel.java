package dev.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.h2.jdbcx.JdbcConnectionPool;

/** Two processes, one lease, and two units of work of which each is verified, done and committed. */
final class LeaseModel implements AutoCloseable {

    private static final int UNITS = 2;
    private static final InstanceKey KEY = new InstanceKey("job", "0123", 1);
    private static final List<Owner> OWNERS = List.of(new Owner("elsewhere", 1, 1), new Owner("nowhere", 2, 2));

    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:lease-model", "sa", "");
    private final LedgerDatabase database = new LedgerDatabase(pool);
    private final Map<Question, Answer> answers = new HashMap<>();
    private final LeaseRows rows = new LeaseRows(database.jdbc(), Duration.ofMinutes(10));

    /** What a process is about to do. */
    enum Step {
        LOOK,
        TAKE,
        VERIFY,
        ACT,
        COMMIT,
        RELEASE,
        GONE
    }

    /**
     * One process.
     *
     * @param fence that it saw free before it takes, or that it holds
     * @param unit that it works on
     */
    record Worker(Step step, long fence, int unit) {

        static final Worker NEW = new Worker(Step.LOOK, 0, 0);

        boolean holds() {
            return step.compareTo(Step.VERIFY) >= 0 && step != Step.GONE;
        }
    }

    /**
     * The lease row, if there is one.
     *
     * @param owner index of the process that took it
     */
    record Lease(long fence, int owner, boolean expired, boolean released, boolean stopping) {}

    /**
     * Everything.
     *
     * @param committed units
     * @param acted units that took effect: their ids are content, so each does once
     * @param stops how often somebody may still ask the owner to stop
     */
    record State(
            Optional<Lease> lease,
            List<Worker> workers,
            int committed,
            Set<Integer> acted,
            int deaths,
            int pauses,
            int stops) {

        static State first(int deaths, int pauses) {
            return new State(Optional.empty(), List.of(Worker.NEW, Worker.NEW), 0, Set.of(), deaths, pauses, 1);
        }

        boolean isFinished() {
            return committed == UNITS;
        }

        boolean isOwn(Worker worker) {
            return lease.filter(there -> there.fence() == worker.fence()).isPresent();
        }

        State with(int index, Worker worker) {
            List<Worker> changed = new ArrayList<>(workers);
            changed.set(index, worker);
            return new State(lease, List.copyOf(changed), committed, acted, deaths, pauses, stops);
        }

        State with(Optional<Lease> changed) {
            return new State(changed, workers, committed, acted, deaths, pauses, stops);
        }

        State acting(int unit) {
            Set<Integer> more = new HashSet<>(acted);
            more.add(unit);
            return new State(lease, workers, committed, Set.copyOf(more), deaths, pauses, stops);
        }

        State committing(int unit) {
            return new State(lease, workers, unit, acted, deaths, pauses, stops);
        }

        State spending(int oneDeath, int onePause, int oneStop) {
            return new State(lease, workers, committed, acted, deaths - oneDeath, pauses - onePause, stops - oneStop);
        }
    }

    LeaseModel() {
        database.jdbc().sql("""
                CREATE TABLE SLUICE_LEASE (JOB_NAME VARCHAR(100), JOB_KEY VARCHAR(32), FENCE BIGINT, OWNER_HOST VARCHAR(255),
                  OWNER_PID BIGINT, OWNER_STARTED BIGINT, RUN_ID BIGINT, CHECKS BIGINT, HEARTBEAT_AT TIMESTAMP WITH TIME ZONE,
                  EXPIRES_AT TIMESTAMP WITH TIME ZONE, RELEASED BOOLEAN, STOP_FENCE BIGINT, PRIMARY KEY (JOB_NAME, JOB_KEY))""").update();
    }

    /** What can be done to the row; each is the real statement. */
    enum Operation {
        FIND,
        INSERT,
        TAKE_OVER,
        HEARTBEAT,
        IS_CURRENT,
        CHECK,
        RELEASE,
        REQUEST_STOP
    }

    private record Question(Operation operation, Optional<Lease> lease, long fence, int owner) {}

    /**
     * What a statement did.
     *
     * @param yes its answer
     * @param lease the row afterwards
     */
    private record Answer(boolean yes, Optional<Lease> lease) {}

    /** Asks the database once: the same statement on the same row has the same answer. */
    private Answer ask(Operation operation, State state, long fence, int owner) {
        return answers.computeIfAbsent(new Question(operation, state.lease(), fence, owner), question -> {
            put(state.lease());
            boolean yes = execute(operation, fence, OWNERS.get(owner));
            return new Answer(yes, lease());
        });
    }

    private boolean execute(Operation operation, long fence, Owner owner) {
        return switch (operation) {
            case FIND -> rows.find(KEY).filter(row -> row.isLive(owner)).isPresent();
            case INSERT -> rows.insert(KEY, owner);
            case TAKE_OVER -> rows.takeOver(KEY, fence, false, owner);
            case HEARTBEAT -> rows.heartbeat(KEY, fence);
            case IS_CURRENT -> rows.isCurrent(KEY, fence);
            case CHECK -> check(fence);
            case RELEASE -> {
                rows.release(KEY, fence);
                yield true;
            }
            case REQUEST_STOP -> rows.requestStop(KEY, fence);
        };
    }

    private boolean check(long fence) {
        try (Connection connection = pool.getConnection()) {
            return LeaseRows.check(connection, KEY, fence);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Every state that may follow; what must never be is asserted on the way. */
    List<State> after(State state) {
        List<State> next = new ArrayList<>();
        for (int i = 0; i < state.workers().size(); i++) {
            Worker worker = state.workers().get(i);
            next.add(step(state, i, worker));
            if (state.deaths() > 0 && worker.step() != Step.GONE) {
                next.add(state.with(i, new Worker(Step.GONE, 0, 0)).spending(1, 0, 0));
            }
            if (worker.holds()) {
                Answer beat = ask(Operation.HEARTBEAT, state, worker.fence(), i);
                assertThat(beat.yes())
                        .isEqualTo(state.isOwn(worker)
                                && !state.lease().orElseThrow().released());
                next.add(state.with(beat.lease()));
            }
        }
        state.lease().filter(lease -> !lease.released()).ifPresent(lease -> {
            boolean paused = state.workers().stream().anyMatch(worker -> worker.holds() && state.isOwn(worker));
            if (!lease.expired() && (!paused || state.pauses() > 0)) {
                next.add(state.with(Optional.of(new Lease(lease.fence(), lease.owner(), true, false, lease.stopping())))
                        .spending(0, paused ? 1 : 0, 0));
            }
            if (state.stops() > 0) {
                assertThat(ask(Operation.REQUEST_STOP, state, lease.fence() - 1, 0)
                                .yes())
                        .isFalse();
                next.add(state.with(ask(Operation.REQUEST_STOP, state, lease.fence(), 0)
                                .lease())
                        .spending(0, 0, 1));
            }
        });
        return next;
    }

    private State step(State state, int index, Worker worker) {
        return switch (worker.step()) {
            // what is finished is not begun again
            case LOOK -> state.isFinished() ? state : state.with(index, look(state, index, worker));
            case TAKE -> take(state, index, worker);
            case VERIFY -> verify(state, index, worker);
            case ACT -> act(state, index, worker);
            case COMMIT -> commit(state, index, worker);
            case RELEASE -> release(state, index, worker);
            // another process in its place
            case GONE -> state.with(index, Worker.NEW);
        };
    }

    private Worker look(State state, int index, Worker worker) {
        return ask(Operation.FIND, state, 0, index).yes()
                ? worker
                : new Worker(Step.TAKE, state.lease().map(Lease::fence).orElse(0L), 0);
    }

    private State take(State state, int index, Worker worker) {
        Operation how = worker.fence() == 0 ? Operation.INSERT : Operation.TAKE_OVER;
        Answer taken = ask(how, state, worker.fence(), index);
        if (!taken.yes()) {
            return state.with(index, Worker.NEW);
        }
        assertThat(state.lease().filter(lease -> !lease.expired() && !lease.released()))
                .as("nobody takes over what was renewed after he looked")
                .isEmpty();
        assertThat(taken.lease().orElseThrow().stopping())
                .as("a request to stop is the earlier owner's")
                .isFalse();
        Step next = state.isFinished() ? Step.RELEASE : Step.VERIFY;
        return state.with(taken.lease()).with(index, new Worker(next, worker.fence() + 1, state.committed() + 1));
    }

    /** As {@link HeldLease#verify}. */
    private State verify(State state, int index, Worker worker) {
        Answer current = ask(Operation.IS_CURRENT, state, worker.fence(), index);
        Answer kept = current.yes() ? current : ask(Operation.HEARTBEAT, state, worker.fence(), index);
        assertThat(kept.yes())
                .as("an owner that slept goes on unless another took over")
                .isEqualTo(state.isOwn(worker) && !state.lease().orElseThrow().released());
        boolean stopping = state.isOwn(worker) && state.lease().orElseThrow().stopping();
        Step next = kept.yes() && !stopping ? Step.ACT : Step.RELEASE;
        return state.with(kept.lease()).with(index, new Worker(next, worker.fence(), worker.unit()));
    }

    /** Between looking and acting anything may have happened: what a late owner does must be what its heir does. */
    private State act(State state, int index, Worker worker) {
        assertThat(worker.unit())
                .as("a late effect is one that the heir does or has done")
                .isLessThanOrEqualTo(state.committed() + 1);
        return state.with(index, new Worker(Step.COMMIT, worker.fence(), worker.unit()))
                .acting(worker.unit());
    }

    private State commit(State state, int index, Worker worker) {
        Answer committed = ask(Operation.CHECK, state, worker.fence(), index);
        if (!committed.yes()) {
            return state.with(index, new Worker(Step.RELEASE, worker.fence(), worker.unit()));
        }
        assertThat(state.isOwn(worker)).as("only the owner commits").isTrue();
        assertThat(worker.unit()).as("units commit in order, each once").isEqualTo(state.committed() + 1);
        assertThat(state.acted()).as("what is committed has happened").contains(worker.unit());
        Worker next = worker.unit() == UNITS
                ? new Worker(Step.RELEASE, worker.fence(), worker.unit())
                : new Worker(Step.VERIFY, worker.fence(), worker.unit() + 1);
        return state.with(index, next).committing(worker.unit());
    }

    private State release(State state, int index, Worker worker) {
        Optional<Lease> after =
                ask(Operation.RELEASE, state, worker.fence(), index).lease();
        if (!state.isOwn(worker)) {
            assertThat(after).as("nobody releases another's lease").isEqualTo(state.lease());
        }
        return state.with(after).with(index, Worker.NEW);
    }

    private Optional<Lease> lease() {
        return rows.find(KEY)
                .map(row -> new Lease(
                        row.fence(), OWNERS.indexOf(row.owner()), row.expired(), row.released(), row.stopRequested()));
    }

    private void put(Optional<Lease> lease) {
        database.jdbc().sql("DELETE FROM SLUICE_LEASE").update();
        lease.ifPresent(there -> database.jdbc()
                .sql("INSERT INTO SLUICE_LEASE VALUES ('job', '0123', ?, ?, ?, ?, NULL, 0, CURRENT_TIMESTAMP,"
                        + " CURRENT_TIMESTAMP + CAST(? AS INTERVAL MINUTE), ?, ?)")
                .params(there.fence())
                .params(
                        OWNERS.get(there.owner()).host(),
                        OWNERS.get(there.owner()).pid(),
                        OWNERS.get(there.owner()).startedMillis())
                .params(there.expired() ? -5 : 5)
                .param(there.released())
                .param(there.stopping() ? there.fence() : null)
                .update());
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
