package dev.sluice.local;

import dev.sluice.local.JournalEntry.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that are in a file, which costs a tenth of a transaction of DuckDB, and come into DuckDB together with others: before
 * anybody reads there, or a moment later. See src/adr/0017-journal-of-queries.md. Thread-safe.
 */
final class Journal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final long MOMENT_MILLIS = 500;
    private static final long MOST_BYTES = 1 << 22;

    private final JournalFile file;
    private final JournalRows rows;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "journal"));
    private final ReentrantLock lock = new ReentrantLock(true);
    private final List<JournalEntry> entries = new ArrayList<>();
    private long last;
    private @Nullable Future<?> later;
    private volatile boolean empty = true;

    private Journal(JournalFile file, JournalRows rows) {
        this.file = file;
        this.rows = rows;
    }

    /** Brings into DuckDB what an earlier process has left in the file. */
    static Journal open(Path path, JournalRows.Transactions transactions) throws SQLException, IOException {
        JournalFile file = JournalFile.open(path);
        try {
            JournalRows rows = JournalRows.open(transactions);
            var journal = new Journal(file, rows);
            journal.recover(rows.missing(file.read()));
            return journal;
        } catch (SQLException | IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void recover(List<JournalEntry> left) throws SQLException {
        entries.addAll(left);
        last = left.isEmpty() ? rows.last() : left.get(left.size() - 1).number();
        bring();
        file.clear();
    }

    /** Whether all rows are in DuckDB, but for those that are appended now. */
    boolean isEmpty() {
        return empty;
    }

    /** Whether such a row is not in DuckDB yet. */
    boolean has(Predicate<Row> condition) {
        if (empty) {
            return false;
        }
        lock.lock();
        try {
            return entries.stream().flatMap(entry -> entry.rows().stream()).anyMatch(condition);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds rows; when this returns, the end of this process does not lose them. The end of the machine may.
     *
     * @throws SQLException if there are many and DuckDB fails; these rows are not added then
     * @throws ApiError if the file cannot be written or the journal is closed; then they are not added
     */
    void append(List<Row> added) throws SQLException {
        lock.lock();
        try {
            if (file.bytes() >= MOST_BYTES) {
                bring();
            }
            bringLater();
            var entry = new JournalEntry(rows.store(), last + 1, added);
            file.append(entry);
            last = entry.number();
            entries.add(entry);
            empty = false;
        } catch (IOException e) {
            log.error("cannot write the journal of the local BigQuery", e);
            throw ApiError.backend("its journal cannot be written: " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void bringLater() {
        if (timer.isShutdown()) {
            throw ApiError.backend("the server ends");
        }
        if (later == null || later.isDone()) {
            bringInAMoment();
        }
    }

    private void bringInAMoment() {
        later = timer.schedule(this::settleLater, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * When this returns, all that was added before is in DuckDB.
     *
     * @throws ApiError if DuckDB fails, which is this server's trouble whoever waits for it
     */
    void settle() {
        if (empty) {
            return;
        }
        lock.lock();
        try {
            bring();
        } catch (SQLException e) {
            throw ApiError.backend(
                    "its journal cannot be brought into DuckDB: " + Faults.of(e).getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void settleLater() {
        try {
            settle();
        } catch (RuntimeException e) {
            log.warn("tried again in {} ms: {}", MOMENT_MILLIS, e.getMessage());
            againLater();
        }
    }

    private void againLater() {
        lock.lock();
        try {
            if (!timer.isShutdown()) {
                bringInAMoment();
            }
        } finally {
            lock.unlock();
        }
    }

    private void bring() throws SQLException {
        if (!entries.isEmpty()) {
            rows.bring(entries);
            empty = true;
            file.clear();
        }
    }

    /** What DuckDB does not take now is in the file. */
    @Override
    public void close() {
        timer.shutdownNow();
        try (file) {
            settle();
        } catch (ApiError | IOException e) {
            log.warn("the journal of the local BigQuery is read at its next start: {}", e.getMessage());
        }
    }
}
