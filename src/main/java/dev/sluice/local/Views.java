package dev.sluice.local;

import com.google.api.services.bigquery.model.MaterializedViewDefinition;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.ViewDefinition;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.SqlRefused;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Views as resources: their columns are those of their query. */
final class Views {

    private static final Set<String> SETTINGS = Set.of("query", "useLegacySql", "useExplicitColumnNames");

    private static final Set<String> MATERIALIZED =
            Set.of("query", "enableRefresh", "refreshIntervalMs", "allowNonIncrementalDefinition");

    private Views() {}

    /** Completes what a request says of a new view. */
    static Table completed(Connection connection, Tables tables, Table view) {
        if (view.getSchema() != null) {
            throw ApiError.invalid("Schema field shouldn't be used as input with a view");
        }
        MaterializedViewDefinition materialized = view.getMaterializedView();
        if (materialized == null) {
            return view.clone().setSchema(schema(connection, tables, view.getView()));
        }
        if (view.getView() != null) {
            throw ApiError.invalid("Cannot specify both view and materializedView");
        }
        Effects.requireOnly(MATERIALIZED, materialized, "materialized views");
        var query = new ViewDefinition().setQuery(materialized.getQuery()).setUseLegacySql(false);
        return materialized(view.clone().setSchema(schema(connection, tables, query)), query, tables.now());
    }

    /** A view that says of itself that its rows are kept; they are computed by who reads them. */
    static Table materialized(Table table, ViewDefinition query, Instant now) {
        MaterializedViewDefinition given = table.getMaterializedView();
        MaterializedViewDefinition told = given == null ? new MaterializedViewDefinition() : given.clone();
        told.setQuery(query.getQuery());
        told.setEnableRefresh(told.getEnableRefresh() == null || told.getEnableRefresh());
        told.setRefreshIntervalMs(
                told.getRefreshIntervalMs() == null ? Refreshing.MILLIS : told.getRefreshIntervalMs());
        told.setLastRefreshTime(now.toEpochMilli());
        return table.setView(query).setMaterializedView(told);
    }

    /**
     * Gives a view the new query, or the new descriptions of columns, that changes ask for.
     *
     * @param whole whether what they leave out is removed
     */
    static void change(Connection connection, Tables tables, Table view, Table changes, boolean whole) {
        if (changes.getMaterializedView() != null && view.getMaterializedView() != null) {
            view.setMaterializedView(Refreshing.changed(view, changes.getMaterializedView(), whole));
            changes.setMaterializedView(view.getMaterializedView());
        }
        ViewDefinition query = changes.getView();
        TableSchema before = view.getSchema();
        if (query != null) {
            if (!whole && query.getUseLegacySql() == null) {
                query.setUseLegacySql(view.getView().getUseLegacySql());
            }
            view.setSchema(schema(connection, tables, query)).setView(query);
        }
        if (changes.getSchema() != null && changes.getSchema().getFields() != null) {
            List<TableFieldSchema> fields = changes.getSchema().getFields();
            if (query != null && TableSchemas.areSame(before.getFields(), fields)) {
                return; // the columns that it had, sent back with another query
            }
            if (!TableSchemas.areSame(view.getSchema().getFields(), fields)) {
                throw ApiError.invalid(
                        "Provided Schema does not match Table %s. The columns of a view are those of its query"
                                .formatted(view.getId()));
            }
            view.setSchema(new TableSchema().setFields(fields));
        }
    }

    private static TableSchema schema(Connection connection, Tables tables, ViewDefinition view) {
        Effects.requireOnly(SETTINGS, view, "views");
        if (view.getQuery() == null || view.getQuery().isBlank()) {
            throw ApiError.invalid("Required parameter is missing: view.query");
        }
        if (!Boolean.FALSE.equals(view.getUseLegacySql())) {
            throw ApiError.unsupported("views of legacy SQL; set view.useLegacySql to false");
        }
        try {
            if (GoogleSql.read(view.getQuery(), new QuerySources(tables, connection, Map.of()), Map.of())
                    instanceof Statement.Select select) {
                return new TableSchema().setFields(ColumnTypes.fields(select.columns()));
            }
        } catch (SqlRefused e) {
            throw ApiError.of(e);
        }
        throw new ApiError(400, "invalidQuery", "The query of a view must be a SELECT");
    }
}
