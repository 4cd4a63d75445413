package dev.sluice.local;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.ColumnDefaultReader;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.Relations;
import dev.sluice.local.sql.SqlRefused;
import dev.sluice.local.sql.TableName;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Columns that are not NULL if nothing is written into them, which only DML knows here: whoever else writes must say all. */
final class ColumnDefaults {

    /** What default values may read. */
    static final Relations NO_TABLES = new Relations() {
        @Override
        public Relation find(TableName table) {
            throw ApiError.invalid("A default value reads no table, but %s is named".formatted(table.table()));
        }

        @Override
        public String user() {
            return Resources.OWNER;
        }
    };

    private ColumnDefaults() {}

    /** @throws ApiError if what a request says of it is nothing that it could be by default */
    static void requireUsable(TableFieldSchema field) {
        String text = field.getDefaultValueExpression();
        if (text != null && Data.isNull(text)) {
            field.setDefaultValueExpression(null);
        } else if (text != null) {
            requireExpression(text, field);
        }
        if (field.getFields() != null) {
            field.getFields().forEach(ColumnDefaults::requireNone);
        }
    }

    private static void requireExpression(String text, TableFieldSchema field) {
        try {
            ColumnDefaultReader.require(text, ColumnTypes.of(field), NO_TABLES);
        } catch (SqlRefused e) {
            throw ApiError.invalid(
                    "Invalid defaultValueExpression of field %s: %s".formatted(field.getName(), e.getMessage()));
        }
    }

    private static void requireNone(TableFieldSchema field) {
        String text = field.getDefaultValueExpression();
        if (text != null && !Data.isNull(text)) {
            throw ApiError.invalid("Invalid defaultValueExpression of field %s: only a whole column can have one"
                    .formatted(field.getName()));
        }
        requireUsable(field);
    }

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
