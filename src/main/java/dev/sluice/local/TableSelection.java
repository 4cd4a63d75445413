package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What tables.get is asked to tell of a table.
 *
 * @param columns in lower case; empty for all
 * @param statistics whether it tells what the table stores
 */
record TableSelection(Set<String> columns, boolean statistics) {

    private static final Set<String> VIEWS =
            Set.of("TABLE_METADATA_VIEW_UNSPECIFIED", "BASIC", "STORAGE_STATS", "FULL");

    static TableSelection of(Exchange exchange) {
        String view = exchange.query("view", "FULL");
        if (!VIEWS.contains(view)) {
            throw ApiError.invalid("Invalid value for view: %s is not a valid value".formatted(view));
        }
        String columns = exchange.query("selectedFields", "").toLowerCase(Locale.ROOT);
        if (columns.indexOf('.') >= 0) {
            throw ApiError.unsupported("selectedFields within records");
        }
        return new TableSelection(
                columns.isEmpty() ? Set.of() : Set.copyOf(List.of(columns.split(","))), !view.equals("BASIC"));
    }

    Table of(Table table) {
        if (!statistics) {
            List.copyOf(table.keySet()).stream()
                    .filter(member -> member.startsWith("num") || member.equals("streamingBuffer"))
                    .forEach(member -> table.set(member, null));
        }
        if (!columns.isEmpty() && table.getSchema() != null && table.getSchema().getFields() != null) {
            List<TableFieldSchema> fields = table.getSchema().getFields().stream()
                    .filter(field -> columns.contains(field.getName().toLowerCase(Locale.ROOT)))
                    .toList();
            table.setSchema(table.getSchema().clone().setFields(fields));
        }
        return table;
    }
}
