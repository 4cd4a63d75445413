package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks whether what a query finds is small enough for {@link KeptRows}; if not, it has to be computed again. */
final class SmallResults {

    /** Of what a query reads: more would cost too much if it had to be read twice. */
    private static final long MOST_BYTES = 1 << 20;

    private static final int MOST_ROWS = 100;
    private static final int MOST_CHARS = 16_000;

    private SmallResults() {}

    /** @param bytes that the query reads */
    static boolean mayBe(long bytes, List<TableFieldSchema> fields) {
        return bytes <= MOST_BYTES && fields.stream().noneMatch(Cells::isNested);
    }

    /** @param fields of the query, none of them nested */
    static Optional<KeptRows> find(
            Connection connection,
            Statement.Select select,
            List<TableFieldSchema> fields,
            Map<String, QueryParameter> parameters,
            RunningJob state,
            long expires)
            throws SQLException {
        List<TableRow> rows = new ArrayList<>();
        long chars = 0;
        try (PreparedStatement statement =
                        BoundStatements.bind(connection, sql(select, fields), select.parameters(), parameters);
                ResultSet found = state.query(statement)) {
            while (found.next()) {
                List<@Nullable String> texts = texts(found, fields.size());
                chars += texts.stream()
                        .mapToLong(text -> text == null ? 0 : text.length())
                        .sum();
                rows.add(Cells.row(texts, fields));
                if (rows.size() > MOST_ROWS || chars > MOST_CHARS) {
                    return Optional.empty();
                }
            }
        } finally {
            state.executed();
        }
        return Optional.of(new KeptRows(fields, rows, expires));
    }

    /** As a table of these columns would have them. */
    private static String sql(Statement.Select select, List<TableFieldSchema> fields) {
        String cells = fields.stream().map(field -> Cells.sql(field, true)).collect(Collectors.joining(", "));
        String columns = fields.stream()
                .map(field -> "CAST(%1$s AS %2$s) AS %1$s"
                        .formatted(ColumnTypes.quoted(field.getName()), ColumnTypes.duckDb(field)))
                .collect(Collectors.joining(", "));
        return "SELECT %s FROM (SELECT %s FROM (%s)) LIMIT %d".formatted(cells, columns, select.sql(), MOST_ROWS + 1);
    }

    private static List<@Nullable String> texts(ResultSet row, int count) throws SQLException {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            texts.add(row.getString(i));
        }
        return texts;
    }
}
