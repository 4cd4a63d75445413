package dev.sluice.local.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.RowError;
import dev.sluice.local.load.BadRow;
import dev.sluice.local.load.ProtoRow;
import dev.sluice.local.load.RowRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as values of the table's columns, and what is wrong with the others. */
record CheckedRows(List<@Nullable Object[]> values, List<RowError> errors) {

    static CheckedRows of(AppendRequest request, WriteTable table) {
        requireNoDefaults(request, table);
        var format = ProtoRow.of(request.type(), table.fields());
        var rules = new RowRules(table.fields());
        List<@Nullable Object[]> values = new ArrayList<>();
        List<RowError> errors = new ArrayList<>();
        for (int i = 0; i < request.rows().size(); i++) {
            try {
                @Nullable Object[] row = format.values(request.rows().get(i));
                rules.apply(row);
                values.add(row);
            } catch (BadRow e) {
                errors.add(RowError.newBuilder()
                        .setIndex(i)
                        .setCode(RowError.RowErrorCode.FIELDS_ERROR)
                        .setMessage(String.valueOf(e.getMessage()))
                        .build());
            }
        }
        return new CheckedRows(values, errors);
    }

    private static void requireNoDefaults(AppendRequest request, WriteTable table) {
        for (TableFieldSchema field : table.fields()) {
            if (field.getDefaultValueExpression() != null
                    && request.missingByColumn().getOrDefault(field.getName(), request.missing())
                            == MissingValueInterpretation.DEFAULT_VALUE) {
                throw WriteRefused.unsupported(
                        "default values of columns", request.stream().toString());
            }
        }
    }
}
