package dev.sluice.local.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import dev.sluice.local.load.ProtoRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Of which columns a missing value is their default value: "The Storage Write API only populates default values when the
 * write stream schema is missing a field"; "If the value is set to DEFAULT_VALUE, the missing value will pick up the default
 * value even when the column is presented in the user schema."
 */
record DefaultedColumns(AppendRequest request, WriteTable table) {

    /** Among the table's columns. */
    List<Integer> places() {
        Set<String> written = ProtoRow.columns(request.type());
        return IntStream.range(0, table.fields().size())
                .filter(place -> isDefaulted(table.fields().get(place), written))
                .boxed()
                .toList();
    }

    private boolean isDefaulted(TableFieldSchema field, Set<String> written) {
        boolean said = written.contains(field.getName().toLowerCase(Locale.ROOT));
        boolean wanted = field.getDefaultValueExpression() != null
                && (!said || interpretation(field) == MissingValueInterpretation.DEFAULT_VALUE);
        if (wanted
                && (said && "REPEATED".equals(field.getMode())
                        || !table.defaults().containsKey(field.getName()))) {
            throw WriteRefused.unsupported(
                    "default values that differ from row to row, or of repeated columns that the writer's schema has",
                    request.stream().toString());
        }
        return wanted;
    }

    private MissingValueInterpretation interpretation(TableFieldSchema field) {
        return request.missingByColumn().entrySet().stream()
                .filter(column -> column.getKey().equalsIgnoreCase(field.getName()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(request.missing());
    }
}
