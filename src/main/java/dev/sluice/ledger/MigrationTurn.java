package dev.sluice.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A turn at migrating an H2 database: H2 commits every DDL statement by itself, so that two that migrate at once would
 * fail on each other's tables. A locked row in a schema of its own makes them take turns; a dead holder's lock ends with
 * its connection. PostgreSQL needs none: Flyway takes an advisory lock there.
 */
final class MigrationTurn implements AutoCloseable {

    private static final int LIMIT_MILLIS = 60_000;
    private static final int ATTEMPTS = 10;

    private final Connection connection;

    private MigrationTurn(Connection connection) {
        this.connection = connection;
    }

    /** Blocks until nobody else has a turn, at most a minute. */
    @SuppressWarnings("resource") // closed by the turn, or here
    static MigrationTurn await(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try {
            if ("H2".equals(connection.getMetaData().getDatabaseProductName())) {
                lock(connection);
            }
            return new MigrationTurn(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT " + LIMIT_MILLIS);
            layOut(statement, ATTEMPTS);
            connection.setAutoCommit(false);
            statement.execute("SELECT ID FROM SLUICE_MIGRATION.TURN FOR UPDATE");
        }
    }

    /** H2's IF NOT EXISTS fails, too, if another creates the same thing at the same moment; then it is there. */
    private static void layOut(Statement statement, int attempts) throws SQLException {
        try {
            statement.execute("CREATE SCHEMA IF NOT EXISTS SLUICE_MIGRATION");
            statement.execute("CREATE TABLE IF NOT EXISTS SLUICE_MIGRATION.TURN (ID INTEGER PRIMARY KEY)");
            statement.execute("MERGE INTO SLUICE_MIGRATION.TURN KEY (ID) VALUES (1)");
        } catch (SQLException e) {
            if (attempts == 1) {
                throw e;
            }
            layOut(statement, attempts - 1);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }
}
