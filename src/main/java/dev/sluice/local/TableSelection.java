package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.util.List;
import java.util.Set;

/**
 * What tables.get is asked to tell of a table.
 *
 * @param statistics whether it tells what the table stores
 */
record TableSelection(SelectedFields columns, boolean statistics) {

    private static final Set<String> VIEWS =
            Set.of("TABLE_METADATA_VIEW_UNSPECIFIED", "BASIC", "STORAGE_STATS", "FULL");

    static TableSelection of(Exchange exchange) {
        String view = exchange.query("view", "FULL");
        if (!VIEWS.contains(view)) {
            throw ApiError.invalid("Invalid value for view: %s is not a valid value".formatted(view));
        }
        return new TableSelection(SelectedFields.of(exchange), !view.equals("BASIC"));
    }

    Table of(Table table) {
        if (!statistics) {
            List.copyOf(table.keySet()).stream()
                    .filter(member -> member.startsWith("num") || member.equals("streamingBuffer"))
                    .forEach(member -> table.set(member, null));
        }
        if (!columns.paths().isEmpty()
                && table.getSchema() != null
                && table.getSchema().getFields() != null) {
            List<TableFieldSchema> fields = columns.of(table.getSchema().getFields());
            table.setSchema(new TableSchema().setFields(fields));
        }
        return table;
    }
}
