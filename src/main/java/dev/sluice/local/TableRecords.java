package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What is written down of tables, expired ones among them. */
final class TableRecords {

    private TableRecords() {}

    static Optional<StoredTable> find(Connection connection, TableName name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT resource, number FROM meta.tables WHERE dataset = ? AND name = ?")) {
            statement.setString(1, name.dataset());
            statement.setString(2, name.table());
            try (ResultSet result = statement.executeQuery()) {
                return result.next()
                        ? Optional.of(new StoredTable(Json.read(result.getString(1), Table.class), result.getLong(2)))
                        : Optional.empty();
            }
        }
    }

    static void add(Connection connection, TableName name, StoredTable table) throws SQLException {
        Store.update(
                connection,
                "INSERT INTO meta.tables VALUES (?, ?, ?, ?)",
                name.dataset(),
                name.table(),
                table.number(),
                Json.write(table.resource()));
    }

    static void write(Connection connection, StoredTable table) throws SQLException {
        Store.update(
                connection,
                "UPDATE meta.tables SET resource = ? WHERE number = ?",
                Json.write(table.resource()),
                table.number());
    }

    static void rename(Connection connection, StoredTable table, String name) throws SQLException {
        Store.update(connection, "UPDATE meta.tables SET name = ? WHERE number = ?", name, table.number());
    }

    /** Puts another DuckDB table behind the name. */
    static void renumber(Connection connection, StoredTable old, StoredTable table) throws SQLException {
        Store.update(connection, "UPDATE meta.tables SET number = ? WHERE number = ?", table.number(), old.number());
    }

    static void remove(Connection connection, StoredTable table) throws SQLException {
        TableName name = table.name();
        Store.update(
                connection, "DELETE FROM meta.tables WHERE dataset = ? AND name = ?", name.dataset(), name.table());
    }
}
