package dev.sluice.local;

import dev.sluice.local.JournalEntry.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The DuckDB file: resources in schema {@code meta}, rows in schema {@code data}; see src/adr/0003-row-versions.md.
 * Whatever changes something does so in one transaction; small changes come one after the other. Thread-safe.
 */
final class Store implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final DuckDBConnection root;
    private final List<Path> files;
    private final Connections connections;
    private final Commits commits;
    private final Processors processors;
    private final ReentrantLock changes = new ReentrantLock(true);
    private final Journal journal;
    private final ReadTransactions reading = new ReadTransactions();
    private final JournaledTransactions journaled;

    private Store(DuckDBConnection root, Path file, Clock clock) throws SQLException, IOException {
        this.root = root;
        this.connections = new Connections(root, MovableClock.lead(clock));
        this.commits = new Commits(clock);
        this.processors = new Processors(root, Runtime.getRuntime().availableProcessors(), LINGER);
        this.files = List.of(file, file.resolveSibling(file.getFileName() + ".wal"));
        this.journal = Journal.open(file.resolveSibling("bigquery.journal"), this::committed);
        this.journaled = new JournaledTransactions(connections, commits, journal, reading);
    }

    /** @param readable folders whose files SQL may read; nothing else outside the store is within its reach */
    static Store open(Path folder, List<Path> readable, String memoryLimit, Clock clock)
            throws SQLException, IOException {
        Path file = folder.resolve("bigquery.duckdb");
        DuckDBConnection root = DuckDbFile.open(file, OwnerOnly.folder(folder.resolve("tmp")), readable, memoryLimit);
        try {
            var store = new Store(root, file, clock);
            store.keepFilesPrivate();
            return store;
        } catch (SQLException | IOException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /** Work in a transaction of its own. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads one state, beside everything else. */
    <T> T read(Work<T> work) {
        journal.settle();
        return readUnsettled(work);
    }

    /** Reads one state, in which rows that are in the journal may be missing. */
    private <T> T readUnsettled(Work<T> work) {
        try {
            return connections.lend(connection -> {
                T result = work.on(connection);
                connection.rollback();
                return result;
            });
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    /**
     * Whether there is a row, in the journal or in DuckDB.
     *
     * @param journaled whether it is that row
     * @param stored whether DuckDB has it
     */
    boolean has(Predicate<Row> journaled, Work<Boolean> stored) {
        // in this order: what leaves the journal is in DuckDB
        return journal.has(journaled) || readUnsettled(stored);
    }

    /** Makes a small change, one at a time but beside jobs: commits on return, rolls back on an exception. */
    <T> T change(Work<T> work) {
        changes.lock();
        try {
            return transaction(ATTEMPTS, work);
        } finally {
            changes.unlock();
        }
    }

    /**
     * Commits on return, rolls back on an exception.
     *
     * @param attempts how often the work is done if other transactions change the same things before this one commits
     * @throws ApiError what {@link Faults} makes of DuckDB's failure
     */
    <T> T transaction(int attempts, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(work);
            } catch (SQLException e) {
                if (attempt >= attempts || !Faults.isConflict(e)) {
                    throw Faults.of(e);
                }
            }
        }
    }

    /** Commits on return, rolls back on an exception. */
    <T> T attempt(Work<T> work) throws SQLException {
        journal.settle();
        return committed(work);
    }

    private <T> T committed(Work<T> work) throws SQLException {
        commits.settle();
        // an exception leaves the transaction open, and giving up its connection rolls it back
        T result = connections.lend(connection -> committed(connection, work));
        keepFilesPrivate();
        return result;
    }

    private <T> T committed(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.on(connection);
            commits.commit(connection);
            return result;
        } finally {
            commits.forget(connection);
        }
    }

    /**
     * As {@link #attempt}, of work that only reads and notes what it found.
     *
     * @throws ConcurrentUpdate if it needs what only an attempt sees
     */
    <T> T attemptReading(Work<T> work) throws SQLException {
        commits.settle();
        T result = journaled.attempt(work);
        keepFilesPrivate();
        return result;
    }

    ReadTransactions reading() {
        return reading;
    }

    Commits commits() {
        return commits;
    }

    Processors processors() {
        return processors;
    }

    /** Of the caller, who ends it. */
    OpenTransaction begin() {
        journal.settle();
        commits.settle();
        try {
            return new OpenTransaction(connections, commits, this::keepFilesPrivate);
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    /** DuckDB makes its log anew after every checkpoint, with the rights that the process gives. */
    private void keepFilesPrivate() {
        files.forEach(OwnerOnly::protect);
    }

    static long next(Connection connection, String sequence) throws SQLException {
        try (PreparedStatement statement = prepare(connection, "SELECT nextval('" + sequence + "')");
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
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

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = Connections.prepare(connection, sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        journal.close();
        processors.close();
        connections.close();
        root.close();
    }
}
