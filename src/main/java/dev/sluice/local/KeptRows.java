package dev.sluice.local;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.load.CellValues;
import dev.sluice.local.load.LoadTarget;
import dev.sluice.local.load.RowAppender;
import dev.sluice.local.sql.TableName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A small result, kept with its job: making a table costs more than most queries. Whoever wants it as a table makes one.
 *
 * @param rows with TIMESTAMP in microseconds
 * @param expires in milliseconds
 */
record KeptRows(List<TableFieldSchema> fields, List<TableRow> rows, long expires) {

    /** What its table is called begins so; the rest of the name is the job's id. */
    private static final String PREFIX = "q_";

    private static final String EXPIRES = "expires";
    private static final int MICROS_DIGITS = 6;

    static String table(String job) {
        return PREFIX + job;
    }

    /** The id of the job that has the results of which this is the table. */
    static Optional<String> job(TableName table) {
        return table.dataset().equals(Tables.RESULTS) && table.table().startsWith(PREFIX)
                ? Optional.of(table.table().substring(PREFIX.length()))
                : Optional.empty();
    }

    String json() {
        return Json.write(new GetQueryResultsResponse()
                .setSchema(new TableSchema().setFields(fields))
                .setRows(rows)
                .set(EXPIRES, String.valueOf(expires)));
    }

    static KeptRows of(String json) {
        GetQueryResultsResponse kept = Json.read(json, GetQueryResultsResponse.class);
        return new KeptRows(
                kept.getSchema().getFields(),
                Objects.requireNonNullElse(kept.getRows(), List.of()),
                Long.parseLong(String.valueOf(kept.get(EXPIRES))));
    }

    List<TableRow> page(Page page, boolean int64Timestamps) {
        return page(page, int64Timestamps, fields);
    }

    /** @param chosen some of its fields, in their order */
    List<TableRow> page(Page page, boolean int64Timestamps, List<TableFieldSchema> chosen) {
        return rows.stream()
                .skip(page.start())
                .limit(page.size())
                .map(row -> row(row, int64Timestamps, chosen))
                .toList();
    }

    private TableRow row(TableRow row, boolean int64Timestamps, List<TableFieldSchema> chosen) {
        List<TableCell> cells = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (chosen.contains(fields.get(i))) {
                Object value = row.getF().get(i).getV();
                boolean seconds = !int64Timestamps && isTimestamp(fields.get(i)) && !Data.isNull(value);
                cells.add(new TableCell().setV(seconds ? seconds(value.toString()) : value));
            }
        }
        return new TableRow().setF(cells);
    }

    private static boolean isTimestamp(TableFieldSchema field) {
        return "TIMESTAMP".equals(field.getType());
    }

    private static String seconds(String micros) {
        return BigDecimal.valueOf(Long.parseLong(micros), MICROS_DIGITS).toPlainString();
    }

    /** Puts the rows into an empty table of its fields. */
    void appendTo(Connection connection, Tables.Stored table) throws SQLException {
        var target = new LoadTarget("t" + table.number(), fields, 0, () -> {});
        try (RowAppender appender = RowAppender.open(connection, target)) {
            for (TableRow row : rows) {
                appender.append(values(row));
            }
        }
    }

    private @Nullable Object[] values(TableRow row) {
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = row.getF().get(i).getV();
            values[i] = Data.isNull(value) ? null : CellValues.of(fields.get(i), value.toString());
        }
        return values;
    }
}
