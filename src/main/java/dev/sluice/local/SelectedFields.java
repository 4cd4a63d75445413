package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Columns, and fields within records, that a request selects: {@code a,b.c}.
 *
 * @param paths in lower case; empty for all
 */
record SelectedFields(Set<String> paths) {

    static SelectedFields of(Exchange exchange) {
        String paths = exchange.query("selectedFields", "").toLowerCase(Locale.ROOT);
        return new SelectedFields(paths.isEmpty() ? Set.of() : Set.copyOf(List.of(paths.split(","))));
    }

    /** Those of a table, in its order. */
    List<TableFieldSchema> of(List<TableFieldSchema> fields) {
        return paths.isEmpty() ? fields : within("", fields);
    }

    private List<TableFieldSchema> within(String record, List<TableFieldSchema> fields) {
        List<TableFieldSchema> selected = new ArrayList<>();
        for (TableFieldSchema field : fields) {
            String path = record + field.getName().toLowerCase(Locale.ROOT);
            if (paths.contains(path)) {
                selected.add(field);
            } else if (paths.stream().anyMatch(other -> other.startsWith(path + ".")) && ColumnTypes.isRecord(field)) {
                selected.add(field.clone().setFields(within(path + ".", field.getFields())));
            }
        }
        return selected;
    }

    /**
     * The same.
     *
     * @throws ApiError if there is none of a name
     */
    List<TableFieldSchema> required(List<TableFieldSchema> fields) {
        requireNames(fields);
        return of(fields);
    }

    private void requireNames(List<TableFieldSchema> fields) {
        for (String path : paths) {
            List<TableFieldSchema> there = fields;
            for (String name : path.split("\\.", -1)) {
                TableFieldSchema field =
                        TableSchemas.named(there, name).orElseThrow(() -> ApiError.invalid("No such field: " + path));
                there = ColumnTypes.isRecord(field) ? field.getFields() : List.of();
            }
        }
    }
}
