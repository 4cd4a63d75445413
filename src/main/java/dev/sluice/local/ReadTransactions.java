package dev.sluice.local;

import dev.sluice.local.JournalEntry.Row;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of jobs that only read. They do not wait for the {@link Journal} to be in DuckDB, and what they write
 * themselves, if it is little, is rolled back and goes into it. Thread-safe.
 */
final class ReadTransactions {

    /** In characters; DuckDB needs several times as much memory to read a text as JSON. */
    private static final long LONGEST = 100_000;

    private static final class Begun {
        private final boolean settled;
        private @Nullable List<Row> rows;

        Begun(boolean settled) {
            this.settled = settled;
        }
    }

    private final Map<Connection, Begun> transactions = new ConcurrentHashMap<>();

    /** @param settled whether the journal was empty before it began */
    void begin(Connection connection, boolean settled) {
        transactions.put(connection, new Begun(settled));
    }

    /** @throws ConcurrentUpdate if the journal may have rows that the transaction does not see */
    void requireSettled(Connection connection) {
        Begun begun = transactions.get(connection);
        if (begun != null && !begun.settled) {
            throw new ConcurrentUpdate();
        }
    }

    /** These rows go into the journal, instead of all that the transaction has written or will write. */
    void journal(Connection connection, List<Row> rows) {
        Begun begun = transactions.get(connection);
        if (begun != null) {
            begun.rows = new ArrayList<>(rows);
        }
    }

    /**
     * Adds a row to those for the journal.
     *
     * @return false if the transaction is to write it, since it commits what it writes, as it does if this row is long
     */
    boolean add(Connection connection, Row row) {
        Begun begun = transactions.get(connection);
        if (begun != null && row.length() > LONGEST) {
            begun.rows = null;
        }
        return begun != null && begun.rows != null && begun.rows.add(row);
    }

    /** It has ended, or is about to; empty if nothing of it goes into the journal. */
    Optional<List<Row>> end(Connection connection) {
        Begun begun = transactions.remove(connection);
        return begun == null ? Optional.empty() : Optional.ofNullable(begun.rows);
    }
}
