package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.RowError;
import dev.sluice.local.load.BadRow;
import dev.sluice.local.load.LackingRows;
import dev.sluice.local.load.ProtoRow;
import dev.sluice.local.load.RowRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as values of the table's columns, and what is wrong with the others. */
record CheckedRows(List<@Nullable Object[]> values, List<RowError> errors) {

    static CheckedRows of(AppendRequest request, WriteTable table) {
        List<Integer> defaults = new DefaultedColumns(request, table).places();
        var format = ProtoRow.of(request.type(), table.fields());
        var rules = new RowRules(table.fields());
        List<@Nullable Object[]> values = new ArrayList<>();
        List<RowError> errors = new ArrayList<>();
        for (int i = 0; i < request.rows().size(); i++) {
            try {
                @Nullable Object[] row = format.values(request.rows().get(i));
                defaults.stream().filter(place -> row[place] == null).forEach(place -> row[place] = LackingRows.LACKS);
                rules.apply(row);
                values.add(row);
            } catch (BadRow e) {
                errors.add(RowError.newBuilder()
                        .setIndex(i)
                        .setCode(RowError.RowErrorCode.FIELDS_ERROR)
                        .setMessage(message(e))
                        .build());
            }
        }
        return new CheckedRows(values, errors);
    }

    /** BigQuery names twice the field whose limits a value goes beyond. */
    private static String message(BadRow e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("Field ") ? "%s on field %s.".formatted(message, e.field()) : message;
    }
}
