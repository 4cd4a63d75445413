package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import java.util.stream.Collectors;

/** The DuckDB table behind a table; see src/adr/0003-row-versions.md. */
final class TableLayout {

    private TableLayout() {}

    static String createSql(StoredTable table) {
        SchemaRules.requireNames(table.fields());
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
    static String arrival(StoredTable table) {
        return Partitions.isByArrival(table.resource())
                ? ", %s TIMESTAMP WITH TIME ZONE".formatted(ColumnTypes.quoted(Partitions.TIME))
                : "";
    }
}
