package dev.sluice.local;

import dev.sluice.local.JournalEntry.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that are in a file, which costs a tenth of a transaction of DuckDB, and come into DuckDB together with others: before
 * anybody reads there, or a moment later. See src/adr/0017-journal-of-queries.md. Thread-safe.
 */
final class Journal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final Duration MOMENT = Duration.ofMillis(500);

    /** In bytes. */
    private static final long LARGEST = 1 << 22;

    private final JournalFile file;
    private final JournalRows rows;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "journal"));
    private final ReentrantLock lock = new ReentrantLock(true);
    private final List<JournalEntry> entries = new ArrayList<>();
    private long last;
    private volatile boolean empty = true;

    private Journal(JournalFile file, JournalRows rows, long last) {
        this.file = file;
        this.rows = rows;
        this.last = last;
    }

    /**
     * Brings into DuckDB what an earlier process has left in the file.
     *
     * @param last number of the last entry that is in DuckDB
     */
    static Journal open(Path path, JournalRows.Transactions transactions, long last) throws SQLException, IOException {
        JournalFile file = JournalFile.open(path);
        var journal = new Journal(file, new JournalRows(transactions), last);
        journal.recover(file.read());
        return journal;
    }

    private void recover(List<JournalEntry> left) throws SQLException, IOException {
        left.stream().filter(entry -> entry.number() > last).forEach(entries::add);
        if (entries.isEmpty()) {
            file.clear();
            return;
        }
        last = entries.get(entries.size() - 1).number();
        bring();
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

    /** Whether all rows are in DuckDB, but for those that are appended now. */
    boolean isEmpty() {
        return empty;
    }

    /**
     * Adds rows; when this returns, the end of this process does not lose them. The end of the machine may.
     *
     * @throws ApiError if the file cannot be written; then they are not added
     */
    void append(List<Row> rows) {
        lock.lock();
        try {
            if (file.size() >= LARGEST) {
                bring();
            }
            var entry = new JournalEntry(last + 1, rows);
            file.append(entry);
            last = entry.number();
            entries.add(entry);
            if (empty) {
                empty = false;
                var unused = timer.schedule(this::settleLater, MOMENT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (SQLException e) {
            throw Faults.of(e);
        } catch (IOException e) {
            log.error("cannot write the journal of the local BigQuery", e);
            throw ApiError.backend("its journal cannot be written: " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /**
     * When this returns, all that was added before is in DuckDB.
     *
     * @throws ApiError if DuckDB fails
     */
    void settle() {
        if (empty) {
            return;
        }
        lock.lock();
        try {
            bring();
        } catch (SQLException e) {
            throw Faults.of(e);
        } catch (IOException e) {
            // they are in DuckDB, which knows the last number
            log.warn("cannot empty the journal of the local BigQuery: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void settleLater() {
        try {
            settle();
        } catch (RuntimeException e) {
            log.warn("cannot bring the journal into DuckDB; tried again when somebody reads there: {}", e.getMessage());
        }
    }

    private void bring() throws SQLException, IOException {
        if (entries.isEmpty()) {
            return;
        }
        rows.bring(entries);
        entries.clear();
        empty = true;
        file.clear();
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            settle();
            file.close();
        } catch (ApiError | IOException e) {
            log.warn("the journal of the local BigQuery is read at its next start: {}", e.getMessage());
        }
    }
}
