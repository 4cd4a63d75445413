package dev.sluice.local;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Changes of rows: each has a number from its beginning, by which its rows know it, and a moment from its commit. Moments
 * have the order of the commits, numbers need not. Thread-safe.
 */
final class Commits {

    private final Clock clock;
    private final ReentrantLock order = new ReentrantLock(true);
    private final Set<Connection> changing = ConcurrentHashMap.newKeySet();
    private final Map<Connection, List<Runnable>> afterwards = new ConcurrentHashMap<>();
    private long last;

    Commits(Clock clock) {
        this.clock = clock;
    }

    /** @return the number for the rows that the caller's transaction is about to add and to end */
    long begin(Connection connection, String job) throws SQLException {
        changing.add(connection);
        long number = Store.next(connection, "meta.commit_number");
        Store.update(connection, "INSERT INTO meta.commits VALUES (?, NULL, ?)", number, job);
        return number;
    }

    /** Does something when the caller's transaction has committed, and never if it does not. */
    void then(Connection connection, Runnable action) {
        afterwards.computeIfAbsent(connection, of -> new ArrayList<>()).add(action);
    }

    void commit(Connection connection) throws SQLException {
        commitNow(connection);
        committed(connection);
    }

    /** The caller's transaction has committed, in whatever way. */
    void committed(Connection connection) {
        List<Runnable> actions = afterwards.remove(connection);
        if (actions != null) {
            actions.forEach(Runnable::run);
        }
    }

    private void commitNow(Connection connection) throws SQLException {
        if (!changing.remove(connection)) {
            connection.commit();
            return;
        }
        order.lock();
        try {
            last = Math.max(last, clock.millis());
            // of those without a moment a transaction sees its own only
            Store.update(connection, "UPDATE meta.commits SET committed_at = ? WHERE committed_at IS NULL", last);
            connection.commit();
        } finally {
            order.unlock();
        }
    }

    /** The connection ends without a commit, or with it. */
    void forget(Connection connection) {
        changing.remove(connection);
        afterwards.remove(connection);
    }

    /** Waits until whatever has its moment is committed; who begins to read now sees all until now, and all else is later. */
    void settle() {
        order.lock();
        try {
            last = Math.max(last, clock.millis());
        } finally {
            order.unlock();
        }
    }
}
