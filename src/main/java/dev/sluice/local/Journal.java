package dev.sluice.local;

import dev.sluice.local.JournalEntry.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows that are in a file, which costs a tenth of a transaction of DuckDB, and come into DuckDB together with others: before
 * anybody reads there, or a moment later. See src/adr/0017-journal-of-queries.md. Thread-safe.
 */
final class Journal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final Duration MOMENT = Duration.ofMillis(500);

    /** In bytes. */
    private static final long LARGEST = 1 << 22;

    /** Work in a transaction of DuckDB, which is committed when it returns. */
    interface Transactions {
        void run(Store.Work<Long> work) throws SQLException;
    }

    private final JournalFile file;
    private final Transactions transactions;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "journal"));
    private final ReentrantLock lock = new ReentrantLock(true);
    private final List<JournalEntry> entries = new ArrayList<>();
    private long last;
    private volatile boolean empty = true;

    private Journal(JournalFile file, Transactions transactions, long last) {
        this.file = file;
        this.transactions = transactions;
        this.last = last;
    }

    /**
     * Brings into DuckDB what an earlier process has left in the file.
     *
     * @param last number of the last entry that is in DuckDB
     */
    static Journal open(Path path, Transactions transactions, long last) throws SQLException, IOException {
        JournalFile file = JournalFile.open(path);
        var journal = new Journal(file, transactions, last);
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
        transactions.run(connection -> insert(connection, entries));
        entries.clear();
        empty = true;
        file.clear();
    }

    private static long insert(Connection connection, List<JournalEntry> entries) throws SQLException {
        Map<String, List<List<@Nullable String>>> inserts = new LinkedHashMap<>();
        for (JournalEntry entry : entries) {
            entry.rows()
                    .forEach(row -> inserts.computeIfAbsent(sql(row), sql -> new ArrayList<>())
                            .add(row.values()));
        }
        for (var insert : inserts.entrySet()) {
            Store.update(connection, insert.getKey(), json(insert.getValue()));
        }
        long number = entries.get(entries.size() - 1).number();
        Store.update(connection, "UPDATE meta.journal SET number = ?", number);
        return number;
    }

    /** Half a surrogate pair, which DuckDB does not read, becomes a question mark. */
    private static String json(List<List<@Nullable String>> rows) {
        byte[] bytes = JsonMapper.shared().writeValueAsString(rows).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String sql(Row row) {
        String values = IntStream.rangeClosed(1, row.types().size())
                .mapToObj(i -> "CAST(texts[%d] AS %s)".formatted(i, row.types().get(i - 1)))
                .collect(Collectors.joining(", "));
        return "INSERT INTO %s SELECT %s FROM (SELECT unnest(from_json(?, '[[\"VARCHAR\"]]')) AS texts)"
                .formatted(row.table(), values);
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
