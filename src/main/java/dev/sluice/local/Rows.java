package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a table's visible rows, in the order in which they were written, which DuckDB keeps while {@code
 * preserve_insertion_order} is set, as it is unless somebody says otherwise.
 */
final class Rows {

    private Rows() {}

    /** @param condition DuckDB's for the rows */
    record Choice(String condition, List<TableFieldSchema> fields) {}

    static List<TableRow> page(
            Connection connection, StoredTable table, Choice choice, long start, long count, TimestampFormat moments)
            throws SQLException {
        List<TableFieldSchema> fields = choice.fields();
        String cells = fields.stream().map(field -> Cells.sql(field, moments)).collect(Collectors.joining(", "));
        List<TableRow> rows = new ArrayList<>();
        try (PreparedStatement statement = statement(connection, cells, table, choice, start, count);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(Cells.row(texts(result, fields.size()), fields));
            }
        }
        return rows;
    }

    /** Of the row at which it stands. */
    static List<@Nullable String> texts(ResultSet result, int width) throws SQLException {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            texts.add(result.getString(i));
        }
        return texts;
    }

    /** The same SQL for all results that share a table, since DuckDB takes longer to plan it than to execute it. */
    private static PreparedStatement statement(
            Connection connection, String cells, StoredTable table, Choice choice, long start, long count)
            throws SQLException {
        OptionalLong from = table.from();
        String own = from.isPresent() ? " AND _sluice_from = ?" : "";
        PreparedStatement statement = connection.prepareStatement("SELECT %s FROM %s WHERE %s%s LIMIT ? OFFSET ?"
                .formatted(cells, table.sharedName(), choice.condition(), own));
        int position = 0;
        if (from.isPresent()) {
            statement.setLong(++position, from.getAsLong());
        }
        statement.setLong(++position, count);
        statement.setLong(++position, start);
        return statement;
    }

    static long count(Connection connection, StoredTable table) throws SQLException {
        return count(connection, table, CopySource.now(table, null).condition());
    }

    static long count(Connection connection, StoredTable table, String condition) throws SQLException {
        return Long.parseLong(Store.text(
                        connection,
                        "SELECT CAST(COUNT(*) AS VARCHAR) FROM %s WHERE %s".formatted(table.duckDbName(), condition))
                .orElse("0"));
    }
}
