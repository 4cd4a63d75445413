package dev.sluice.local;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.commons.dbcp2.PoolableConnection;

/**
 * A transaction that its owner ends; closed without a commit it is rolled back. It sees what was committed before it was made.
 * Not thread-safe.
 */
final class OpenTransaction implements AutoCloseable {

    private final Connections connections;
    private final Commits commits;
    private final Runnable committed;
    private final PoolableConnection connection;

    /** @param committed to be run after a commit */
    OpenTransaction(Connections connections, Commits commits, Runnable committed) throws SQLException {
        this.connections = connections;
        this.commits = commits;
        this.committed = committed;
        this.connection = connections.borrow();
        beginNow();
    }

    /** DuckDB's begins with its first read. */
    private void beginNow() throws SQLException {
        boolean begun = false;
        try {
            Store.texts(connection, "SELECT store FROM meta.journal");
            begun = true;
        } finally {
            if (!begun) {
                close();
            }
        }
    }

    Connection connection() {
        return connection;
    }

    /** @return false if another's change was in the way, and so nothing has changed */
    boolean commit() {
        try {
            commits.commit(connection);
        } catch (SQLException e) {
            if (Faults.isConflict(e)) {
                return false;
            }
            throw Faults.of(e);
        }
        committed.run();
        return true;
    }

    @Override
    public void close() {
        commits.forget(connection);
        connections.discard(connection);
    }
}
