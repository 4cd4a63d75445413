package dev.sluice.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.duckdb.DuckDBConnection;

/**
 * Connections to DuckDB, each in a transaction that its borrower ends. They are lent again, since reading and planning a
 * statement takes DuckDB longer than executing it, and a connection remembers its latest statements. Thread-safe.
 */
final class Connections implements AutoCloseable {

    private static final int IDLE = 16;
    private static final int STATEMENTS = 32;

    /** In characters; DuckDB's plan takes several times as much. */
    private static final int LONGEST = 10_000;

    private final GenericObjectPool<PoolableConnection> pool;
    private final Supplier<Duration> lead;
    private final AtomicReference<Duration> known = new AtomicReference<>(Duration.ZERO);

    /** @param lead by how much the server's clock is ahead of the machine's, which SQL would tell */
    Connections(DuckDBConnection root, Supplier<Duration> lead) {
        this.lead = lead;
        var factory = new PoolableConnectionFactory(
                () -> {
                    Connection connection = root.duplicate();
                    advance(connection, lead.get());
                    connection.setAutoCommit(false);
                    return connection;
                },
                null);
        factory.setPoolStatements(true);
        factory.setMaxOpenPreparedStatements(STATEMENTS);
        factory.setAutoCommitOnReturn(false);
        factory.setRollbackOnReturn(false);
        var config = new GenericObjectPoolConfig<PoolableConnection>();
        config.setJmxEnabled(false);
        config.setMaxTotal(-1);
        config.setMaxIdle(IDLE);
        this.pool = new GenericObjectPool<>(factory, config);
        factory.setPool(pool);
    }

    private static void advance(Connection connection, Duration lead) throws SQLException {
        if (lead.isZero()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP MACRO now() AS get_current_timestamp() + INTERVAL '%d milliseconds'"
                    .formatted(lead.toMillis()));
        }
    }

    /**
     * Lends a connection for work that ends its transaction. One on which work has failed is not lent again: a temporary
     * table of a transaction that was rolled back was seen to be left without columns (DuckDB 2.0.0.1).
     */
    <T> T lend(Store.Work<T> work) throws SQLException {
        PoolableConnection connection = borrow();
        Duration then = known.get();
        boolean ended = false;
        try {
            T result = work.on(connection);
            ended = true;
            return result;
        } finally {
            if (ended && then.equals(lead.get())) {
                connection.close();
            } else {
                discard(connection);
            }
        }
    }

    /** A statement, which is remembered unless it is so long that its plan is not worth its memory. */
    static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        if (sql.length() > LONGEST) {
            return connection.unwrap(DuckDBConnection.class).prepareStatement(sql);
        }
        try {
            return connection.prepareStatement(sql);
        } catch (SQLException e) {
            // the pool of statements says no more than that it has none
            throw e.getCause() instanceof SQLException cause ? cause : e;
        }
    }

    /** A connection whose borrower {@link #discard discards} it. */
    PoolableConnection borrow() throws SQLException {
        Duration now = lead.get();
        if (!known.getAndSet(now).equals(now)) {
            pool.clear();
        }
        try {
            return pool.borrowObject();
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) { // the store is closed, for one
            throw new SQLException("cannot connect to DuckDB: " + e.getMessage(), e);
        }
    }

    /** Closes a connection, which rolls back what is not committed: DuckDB does not use a statement again that has failed. */
    void discard(PoolableConnection connection) {
        try {
            pool.invalidateObject(connection);
        } catch (Exception e) {
            throw new IllegalStateException("cannot close a connection to DuckDB", e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
