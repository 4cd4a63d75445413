package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The DuckDB table behind a table; see src/adr/0003-row-versions.md. */
final class TableLayout {

    private static final String HIDDEN = "_sluice_";
    private static final List<String> RESERVED =
            List.of("_partition", "_table_", "_file_", "_row_timestamp", "__root__", "_colidentifier");

    private TableLayout() {}

    static String createSql(Tables.Stored table) {
        requireColumns(table);
        return "CREATE TABLE %s (%s_sluice_from BIGINT NOT NULL, _sluice_to BIGINT%s)"
                .formatted(table.duckDbName(), columnsSql(table.fields()), arrival(table));
    }

    /** Names and types, each before a comma. */
    static String columnsSql(List<TableFieldSchema> fields) {
        return fields.stream()
                .map(field -> ColumnTypes.quoted(field.getName()) + " " + ColumnTypes.duckDb(field)
                        + ("REQUIRED".equals(field.getMode()) ? " NOT NULL" : "") + ", ")
                .collect(Collectors.joining());
    }

    /** The column, after a comma, of tables that are partitioned by the time at which rows came. */
    static String arrival(Tables.Stored table) {
        return Partitions.isByArrival(table.resource())
                ? ", %s TIMESTAMP WITH TIME ZONE".formatted(ColumnTypes.quoted(Partitions.TIME))
                : "";
    }

    private static void requireColumns(Tables.Stored table) {
        var names = new HashSet<String>();
        for (TableFieldSchema field : table.fields()) {
            String name = String.valueOf(field.getName()).toLowerCase(Locale.ROOT);
            if (RESERVED.stream().anyMatch(name::startsWith)) {
                throw ApiError.invalid(
                        ("Invalid field name \"%s\". Field names are not allowed to start with the (case-insensitive) prefixes"
                                        + " _PARTITION, _TABLE_, _FILE_, _ROW_TIMESTAMP, __ROOT__ and _COLIDENTIFIER")
                                .formatted(field.getName()));
            }
            if (name.startsWith(HIDDEN) || !names.add(name)) {
                throw ApiError.invalid("Invalid or duplicate field name \"%s\"".formatted(field.getName()));
            }
        }
    }
}
