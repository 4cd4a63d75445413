package dev.sluice.local;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Columns that are not NULL if nothing is written into them, which only DML knows here: whoever else writes must say all. */
final class ColumnDefaults {

    private ColumnDefaults() {}

    private static List<TableFieldSchema> of(StoredTable table) {
        return table.fields().stream()
                .filter(field -> field.getDefaultValueExpression() != null)
                .toList();
    }

    /** @param given the columns of the files, if they are known; rows of JSON may have fewer */
    static void requireGiven(StoredTable table, JobConfigurationLoad load, Optional<List<TableFieldSchema>> given) {
        boolean json = "NEWLINE_DELIMITED_JSON".equals(load.getSourceFormat());
        boolean jagged = Boolean.TRUE.equals(load.getAllowJaggedRows());
        for (TableFieldSchema field : of(table)) {
            boolean missing = given.isPresent()
                    && TableSchemas.named(given.get(), field.getName()).isEmpty();
            if (json || jagged || missing) {
                throw unsupported("loads", field);
            }
        }
    }

    static void requireGiven(StoredTable table, JsonNode row) {
        for (TableFieldSchema field : of(table)) {
            if (!row.has(field.getName())) {
                throw unsupported("insertAll of rows", field);
            }
        }
    }

    private static ApiError unsupported(String what, TableFieldSchema field) {
        return ApiError.unsupported(
                "%s that may leave out column %s, which has a default value".formatted(what, field.getName()));
    }
}
