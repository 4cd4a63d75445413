package dev.sluice.local;

import dev.sluice.local.JournalEntry.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Brings entries of the {@link Journal} into DuckDB, with a statement for each table. */
final class JournalRows {

    private static final Logger log = LoggerFactory.getLogger(JournalRows.class);

    /** Work in a transaction of DuckDB, which is committed when it returns. */
    interface Transactions {
        void run(Store.Work<Long> work) throws SQLException;
    }

    private final Transactions transactions;

    JournalRows(Transactions transactions) {
        this.transactions = transactions;
    }

    /** In one transaction, or in one for each if DuckDB refuses a row. */
    void bring(List<JournalEntry> entries) throws SQLException {
        try {
            transactions.run(connection -> insert(connection, entries));
        } catch (SQLException e) {
            if (!Faults.isRefusal(e)) {
                throw e;
            }
            bringEach(entries);
        }
    }

    /** What DuckDB refuses, and always would, must not be in the way of everything else. */
    private void bringEach(List<JournalEntry> entries) throws SQLException {
        for (JournalEntry entry : entries) {
            JournalEntry left = entry;
            while (!isBrought(left)) {
                left = left.withoutFirst();
            }
        }
    }

    private boolean isBrought(JournalEntry entry) throws SQLException {
        try {
            transactions.run(connection -> insert(connection, List.of(entry)));
            return true;
        } catch (SQLException e) {
            if (entry.rows().isEmpty() || !Faults.isRefusal(e)) {
                throw e;
            }
            String table = entry.rows().get(0).table();
            log.error(
                    "a row of journal entry {} for {} is lost, which DuckDB refuses: {}",
                    entry.number(),
                    table,
                    Faults.of(e).getMessage());
            return false;
        }
    }

    /** @return the number of the last entry, which is noted with them */
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
}
