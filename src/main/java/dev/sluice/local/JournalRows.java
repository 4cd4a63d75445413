package dev.sluice.local;

import dev.sluice.local.JournalEntry.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Brings entries of the {@link Journal} into DuckDB, and knows which are there. Not thread-safe. */
final class JournalRows {

    private static final Logger log = LoggerFactory.getLogger(JournalRows.class);

    /** Work in a transaction of DuckDB, which is committed when it returns. */
    interface Transactions {
        void run(Store.Work<Long> work) throws SQLException;
    }

    private static final class Probed extends SQLException {
        private static final long serialVersionUID = 1L;
    }

    private final Transactions transactions;
    private final String store;
    private long last;

    private JournalRows(Transactions transactions, String store, long last) {
        this.transactions = transactions;
        this.store = store;
        this.last = last;
    }

    static JournalRows open(Transactions transactions) throws SQLException {
        var found = new AtomicReference<String>("");
        transactions.run(connection -> {
            found.set(Store.text(connection, "SELECT store || ' ' || number FROM meta.journal")
                    .orElseThrow());
            return 0L;
        });
        String[] storeAndNumber = found.get().split(" ", -1);
        return new JournalRows(transactions, storeAndNumber[0], Long.parseLong(storeAndNumber[1]));
    }

    /** Id of the DuckDB file. */
    String store() {
        return store;
    }

    /** Number of the last entry that is in DuckDB. */
    long last() {
        return last;
    }

    /** Those of this store that are not in DuckDB. */
    List<JournalEntry> missing(List<JournalEntry> left) {
        return left.stream()
                .filter(entry -> entry.store().equals(store) && entry.number() > last)
                .toList();
    }

    /**
     * In one transaction, or in one for each if DuckDB refuses a row, which must not be in the way of everything else.
     *
     * @param entries which lose what is in DuckDB, also if this throws
     */
    void bring(List<JournalEntry> entries) throws SQLException {
        if (isBrought(entries)) {
            entries.clear();
        }
        while (!entries.isEmpty()) {
            if (!isBrought(List.of(entries.get(0)))) {
                JournalEntry entry = withoutRefused(entries.get(0));
                if (!isBrought(List.of(entry))) {
                    throw new SQLException("IO Error: entry %d of the journal is refused".formatted(entry.number()));
                }
            }
            entries.remove(0);
        }
    }

    /** False if DuckDB refuses a row, and would again. */
    private boolean isBrought(List<JournalEntry> entries) throws SQLException {
        try {
            transactions.run(connection -> insert(connection, entries));
            last = entries.get(entries.size() - 1).number();
            return true;
        } catch (SQLException e) {
            if (!Faults.isRefusal(e)) {
                throw e;
            }
            return false;
        }
    }

    private JournalEntry withoutRefused(JournalEntry entry) throws SQLException {
        List<Row> taken = new ArrayList<>();
        for (Row row : entry.rows()) {
            if (isTaken(entry, row)) {
                taken.add(row);
            }
        }
        return new JournalEntry(entry.store(), entry.number(), taken);
    }

    private boolean isTaken(JournalEntry entry, Row row) throws SQLException {
        try {
            transactions.run(connection -> {
                insert(connection, row, List.of(row.values()));
                throw new Probed();
            });
        } catch (Probed e) {
            return true;
        } catch (SQLException e) {
            if (!Faults.isRefusal(e)) {
                throw e;
            }
            String why = Faults.of(e).getMessage();
            log.error("a row of journal entry {} for {} is lost: {}", entry.number(), row.table(), why);
        }
        return false;
    }

    /** @return the number of the last entry, which is noted with them */
    private static long insert(Connection connection, List<JournalEntry> entries) throws SQLException {
        Map<String, List<Row>> tables = new LinkedHashMap<>();
        entries.stream()
                .flatMap(entry -> entry.rows().stream())
                .forEach(row -> tables.computeIfAbsent(row.table() + row.types(), of -> new ArrayList<>())
                        .add(row));
        for (List<Row> rows : tables.values()) {
            insert(connection, rows.get(0), rows.stream().map(Row::values).toList());
        }
        long number = entries.get(entries.size() - 1).number();
        Store.update(connection, "UPDATE meta.journal SET number = ?", number);
        return number;
    }

    private static void insert(Connection connection, Row like, List<List<@Nullable String>> rows) throws SQLException {
        String values = IntStream.rangeClosed(1, like.types().size())
                .mapToObj(i -> "CAST(texts[%d] AS %s)".formatted(i, like.types().get(i - 1)))
                .collect(Collectors.joining(", "));
        Store.update(
                connection,
                "INSERT INTO %s SELECT %s FROM (SELECT unnest(from_json(?, '[[\"VARCHAR\"]]')) AS texts)"
                        .formatted(like.table(), values),
                json(rows));
    }

    /** Half a surrogate pair, which DuckDB does not read, becomes a question mark. */
    private static String json(List<List<@Nullable String>> rows) {
        byte[] bytes = JsonMapper.shared().writeValueAsString(rows).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
