package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pages of a table's visible rows, in the order in which they were written. */
final class Rows {

    private Rows() {}

    static List<TableRow> page(
            Connection connection, Tables.Stored table, long start, long count, boolean int64Timestamps)
            throws SQLException {
        List<TableFieldSchema> fields = table.fields();
        String cells =
                fields.stream().map(field -> Cells.sql(field, int64Timestamps)).collect(Collectors.joining(", "));
        String sql = "SELECT %s FROM %s WHERE _sluice_to IS NULL ORDER BY rowid LIMIT %d OFFSET %d"
                .formatted(cells, table.duckDbName(), count, start);
        List<TableRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                List<@Nullable String> texts = new ArrayList<>();
                for (int i = 1; i <= fields.size(); i++) {
                    texts.add(result.getString(i));
                }
                rows.add(Cells.row(texts, fields));
            }
        }
        return rows;
    }

    static long count(Connection connection, Tables.Stored table) throws SQLException {
        return Long.parseLong(Store.text(
                        connection,
                        "SELECT CAST(COUNT(*) AS VARCHAR) FROM %s WHERE _sluice_to IS NULL"
                                .formatted(table.duckDbName()))
                .orElse("0"));
    }
}
