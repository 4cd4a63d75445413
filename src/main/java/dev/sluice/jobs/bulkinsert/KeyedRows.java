package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How statements tell the rows of a table apart: by key, tenant and scope. A key belongs to its tenant, so that no
 * statement touches another tenant's row that happens to have the same.
 */
record KeyedRows(CatalogueTable table, BulkInsertParameters parameters) {

    /** Where a staged row stands in its source. */
    static final String NUMBER_COLUMN = "sluice_row";

    static final TableColumn NUMBER =
            new TableColumn(NUMBER_COLUMN, ColumnType.INT64, ColumnMode.REQUIRED, List.of(), null);

    /** The table's columns and the number. */
    Schema stagingSchema() {
        List<Field> fields = new ArrayList<>(table.schema().getFields());
        fields.add(NUMBER.toField());
        return Schema.of(fields);
    }

    SqlIdentifier key() {
        return new SqlIdentifier.Columns(table.key());
    }

    /** Columns that can be compared as they are. */
    SqlIdentifier compared() {
        return columns(column -> !isDocument(column));
    }

    /** Columns that are compared as JSON text. */
    SqlIdentifier documents() {
        return columns(KeyedRows::isDocument);
    }

    private static boolean isDocument(TableColumn column) {
        return column.isNested() || column.type() == ColumnType.JSON;
    }

    private SqlIdentifier columns(Predicate<TableColumn> which) {
        return new SqlIdentifier.Columns(
                table.columns().stream().filter(which).map(TableColumn::name).toList());
    }

    /** What the tenant column, if there is one, holds in every row of the run. */
    Condition tenant() {
        String column = table.tenantColumn();
        String org = parameters.org();
        return new Condition(
                "tenant_", column == null || org == null ? Map.of() : Map.of(column, QueryParameterValue.string(org)));
    }

    /** What the scope's columns hold in every row of it; of nothing if all of the tenant's rows are meant. */
    Condition scope() {
        ScopeArgument argument = parameters.scope();
        return new Condition(
                "scope_",
                argument == null
                        ? Map.of()
                        : table.scope(argument.name()).orElseThrow().values(argument.value()));
    }

    /**
     * Values that columns must have.
     *
     * @param prefix of the names of the parameters that carry them
     */
    record Condition(String prefix, Map<String, QueryParameterValue> values) {

        SqlIdentifier columns() {
            return new SqlIdentifier.Columns(List.copyOf(values.keySet()));
        }

        Map<String, QueryParameterValue> parameters() {
            Map<String, QueryParameterValue> parameters = new LinkedHashMap<>();
            values.forEach((column, value) -> parameters.put(prefix + column, value));
            return parameters;
        }
    }
}
