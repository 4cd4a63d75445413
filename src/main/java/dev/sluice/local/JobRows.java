package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Jobs as rows, in the caller's transaction. */
final class JobRows {

    private static final String TABLE = "meta.jobs";

    private JobRows() {}

    /** @param content name of the uploaded bytes of a load, empty if there are none */
    static JournalEntry.Row row(String id, long number, String state, String json, String content) {
        return new JournalEntry.Row(
                TABLE,
                List.of("VARCHAR", "BIGINT", "VARCHAR", "VARCHAR", "VARCHAR"),
                List.of(id, String.valueOf(number), state, json, content));
    }

    /** @throws SQLException what {@link Faults#isDuplicate} knows, if the id is taken */
    static void insert(Connection connection, JournalEntry.Row job) throws SQLException {
        // DuckDB takes thrice as long to leave out what is there already
        Store.update(
                connection,
                "INSERT INTO meta.jobs VALUES (?, ?, ?, ?, ?)",
                job.values().toArray());
    }

    /** Whether a row of the journal is a job. */
    static Predicate<JournalEntry.Row> is(String id) {
        return row -> row.table().equals(TABLE) && id.equals(row.values().get(0));
    }

    static boolean has(Connection connection, String id) throws SQLException {
        return Store.text(connection, "SELECT id FROM meta.jobs WHERE id = ?", id)
                .isPresent();
    }

    static void done(Connection connection, String id, String json) throws SQLException {
        Store.update(connection, "UPDATE meta.jobs SET state = 'DONE', resource = ? WHERE id = ?", json, id);
    }

    static int delete(Connection connection, String id) throws SQLException {
        return Store.update(connection, "DELETE FROM meta.jobs WHERE id = ?", id);
    }

    static Optional<Job> find(Connection connection, String id) throws SQLException {
        return Store.text(connection, "SELECT resource FROM meta.jobs WHERE id = ?", id)
                .map(json -> Json.read(json, Job.class));
    }

    /** Empty if there is no such job. */
    static Optional<String> content(Connection connection, String id) throws SQLException {
        return Store.text(connection, "SELECT content FROM meta.jobs WHERE id = ?", id);
    }

    static List<String> unfinished(Connection connection) throws SQLException {
        return Store.texts(connection, "SELECT id FROM meta.jobs WHERE state <> 'DONE' ORDER BY number");
    }

    /** By their numbers, the highest below the limit first. */
    static SortedMap<Long, Job> page(Connection connection, long before, long most) throws SQLException {
        SortedMap<Long, Job> page = new TreeMap<>(Comparator.reverseOrder());
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT number, resource FROM meta.jobs WHERE number < ? ORDER BY number DESC LIMIT ?")) {
            statement.setLong(1, before);
            statement.setLong(2, most);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    page.put(result.getLong(1), Json.read(result.getString(2), Job.class));
                }
            }
        }
        return page;
    }
}
