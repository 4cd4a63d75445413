package dev.sluice.local;

import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import java.math.BigDecimal;
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

    private static final int MICROS_DIGITS = 6;

    private Rows() {}

    static List<TableRow> page(
            Connection connection, Tables.Stored table, long start, long count, boolean int64Timestamps)
            throws SQLException {
        String cells = table.fields().stream().map(ColumnTypes::cell).collect(Collectors.joining(", "));
        String sql = "SELECT %s FROM %s WHERE _sluice_to IS NULL ORDER BY rowid LIMIT %d OFFSET %d"
                .formatted(cells, table.duckDbName(), count, start);
        List<TableRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row(result, table.fields(), int64Timestamps));
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

    private static TableRow row(ResultSet result, List<TableFieldSchema> fields, boolean int64Timestamps)
            throws SQLException {
        List<TableCell> cells = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String text = text(result.getString(i + 1), fields.get(i).getType(), int64Timestamps);
            cells.add(new TableCell().setV(text == null ? com.google.api.client.util.Data.nullOf(Object.class) : text));
        }
        return new TableRow().setF(cells);
    }

    private static @Nullable String text(@Nullable String text, String type, boolean int64Timestamps) {
        if (text == null || !type.equals("TIMESTAMP") || int64Timestamps) {
            return text;
        }
        return new BigDecimal(text).movePointLeft(MICROS_DIGITS).toString();
    }
}
