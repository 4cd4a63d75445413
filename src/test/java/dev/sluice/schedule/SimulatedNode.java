package dev.sluice.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ledger.LedgerDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A node on a thread of its own that takes one step, up to its next statement, whenever it is let. Between two steps it
 * may be left alone for as long as a test likes, or die: then none of its statements reaches the database any more.
 */
final class SimulatedNode {

    private static final long MOST_MILLIS = 60_000;

    private final Semaphore turn = new Semaphore(0);
    private final Semaphore rest = new Semaphore(0);
    private final Thread thread;
    private volatile boolean dead;
    private boolean first = true;

    /** Not an exception, so that nobody catches it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param time what this node takes for the time of ticks
     * @param clock its own, by which it stamps its runs
     */
    SimulatedNode(SimulatedCluster cluster, DatabaseTime time, Clock clock, List<ScheduledJob> jobs) {
        DataSource stepped = stepped(cluster.dataSource());
        TickQueue queue = cluster.queue(stepped, time, 0, jobs);
        var database = new LedgerDatabase(stepped);
        var here = new SimulatedRuns.Node(JdbcClient.create(stepped), clock);
        var run = new TickRun(
                (job, parameters, observer) -> cluster.runs.start(here, job, parameters, observer),
                SimulatedCluster.rows(database, time),
                SimulatedCluster.ends(database, time));
        this.thread = new Thread(() -> live(queue, run), "simulated node");
        thread.setDaemon(true);
        thread.start();
    }

    private void live(TickQueue queue, TickRun run) {
        try {
            while (true) {
                var until = queue.plan();
                Optional<ClaimedTick> tick = queue.claim(until);
                while (tick.isPresent()) {
                    run.start(tick.get());
                    tick = queue.claim(until);
                }
            }
        } catch (Death e) {
            rest.release();
        }
    }

    /** Lets it execute its next statement, and waits until it is about to execute another. */
    void step() throws InterruptedException {
        if (!dead) {
            turn.release();
            assertThat(rest.tryAcquire(MOST_MILLIS, TimeUnit.MILLISECONDS))
                    .as("a node comes to its next statement")
                    .isTrue();
        }
    }

    void kill() throws InterruptedException {
        if (!dead) {
            dead = true;
            turn.release();
            thread.join(MOST_MILLIS);
            assertThat(thread.isAlive()).as("a dead node goes on").isFalse();
        }
    }

    /** Every statement takes a connection of its own. */
    private DataSource stepped(DataSource database) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        awaitTurn();
                    }
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void awaitTurn() {
        endIfDead();
        if (!first) {
            rest.release();
        }
        first = false;
        turn.acquireUninterruptibly();
        endIfDead();
    }

    /** Again and again: a transaction manager makes another exception of what its beginning threw. */
    private void endIfDead() {
        if (dead) {
            throw new Death();
        }
    }
}
