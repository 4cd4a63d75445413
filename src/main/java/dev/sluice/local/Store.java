package dev.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/**
 * The DuckDB file: resources in schema {@code meta}, rows in schema {@code data}; see src/adr/0003-row-versions.md.
 * Whatever changes something does so in {@link #change}, one at a time, in one transaction. Thread-safe.
 */
final class Store implements AutoCloseable {

    private final DuckDBConnection root;
    private final ReentrantLock changes = new ReentrantLock(true);

    private Store(DuckDBConnection root) {
        this.root = root;
    }

    static Store open(Path folder, String memoryLimit) throws SQLException, IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        var properties = new Properties();
        properties.setProperty("memory_limit", memoryLimit);
        properties.setProperty("temp_directory", temporary.toString());
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("default_null_order", "nulls_first_on_asc_last_on_desc");
        var store = new Store((DuckDBConnection)
                DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("bigquery.duckdb"), properties));
        try (Statement statement = store.root.createStatement()) {
            for (String sql : StoreLayout.STATEMENTS) {
                statement.execute(sql);
            }
        }
        return store;
    }

    /** Work in a transaction of its own. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads, beside everything else. */
    <T> T read(Work<T> work) {
        try (Connection connection = root.duplicate()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Changes something: commits on return, rolls back on an exception. */
    <T> T change(Work<T> work) {
        changes.lock();
        try (Connection connection = root.duplicate()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            changes.unlock();
        }
    }

    private static RuntimeException failed(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new ApiError(400, "invalidQuery", message);
    }

    static long next(Connection connection, String sequence) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT nextval('" + sequence + "')")) {
            result.next();
            return result.getLong(1);
        }
    }

    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    static Optional<String> text(Connection connection, String sql, Object... parameters) throws SQLException {
        return texts(connection, sql, parameters).stream().findFirst();
    }

    static List<String> texts(Connection connection, String sql, Object... parameters) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        root.close();
    }
}
