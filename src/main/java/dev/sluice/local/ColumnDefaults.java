package dev.sluice.local;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.load.LackingRows;
import dev.sluice.local.sql.ColumnDefaultReader;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.Relations;
import dev.sluice.local.sql.SqlRefused;
import dev.sluice.local.sql.StoredValues;
import dev.sluice.local.sql.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Columns that are not NULL if nothing is written into them. Loads must say all, which do not know that here. */
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
                throw ApiError.unsupported(
                        "loads that may leave out column %s, which has a default value".formatted(field.getName()));
            }
        }
    }

    /** DuckDB's SQL of what columns are by default, but for those that differ from row to row. */
    static Map<String, String> expressions(StoredTable table) {
        Map<String, String> expressions = new HashMap<>();
        of(table).stream()
                .filter(field -> !differs(field))
                .forEach(field -> expressions.put(field.getName(), expression(field)));
        return expressions;
    }

    private static boolean differs(TableFieldSchema field) {
        String text = field.getDefaultValueExpression().toUpperCase(Locale.ROOT);
        return text.contains("RAND") || text.contains("GENERATE_UUID");
    }

    private static String expression(TableFieldSchema field) {
        String value = GoogleSql.value(field.getDefaultValueExpression(), ColumnTypes.of(field), NO_TABLES, Map.of())
                .sql();
        return StoredValues.of("(%s)".formatted(value), ColumnTypes.column(field));
    }

    /** Says of a row which of these columns it lacks. */
    static void mark(StoredTable table, JsonNode row, @Nullable Object[] values) {
        Set<String> given = new HashSet<>();
        row.propertyNames().forEach(name -> given.add(name.toLowerCase(Locale.ROOT)));
        for (int i = 0; i < values.length; i++) {
            TableFieldSchema field = table.fields().get(i);
            if (field.getDefaultValueExpression() != null
                    && !given.contains(field.getName().toLowerCase(Locale.ROOT))) {
                if (differs(field)) {
                    throw ApiError.unsupported("insertAll of rows that leave out column %s, whose default value differs"
                            .formatted(field.getName()));
                }
                values[i] = LackingRows.LACKS;
            }
        }
    }
}
