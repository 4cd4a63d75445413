package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.TableName;
import dev.sluice.local.sql.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** INFORMATION_SCHEMA: views of a dataset or, with a region, of the project, as they are when a statement reads them. */
final class InformationSchema {

    /** What a view costs that is read. */
    static final long BYTES = 10L << 20;

    private final Connection connection;
    private final Tables tables;

    InformationSchema(Connection connection, Tables tables) {
        this.connection = connection;
        this.tables = tables;
    }

    /** @param qualifier a dataset, a region, or nothing */
    Relation find(String qualifier, String view) throws SQLException {
        List<Column> columns = InformationColumns.of(view);
        List<Map<String, @Nullable Object>> rows = rows(InformationScope.of(qualifier), view);
        List<String> texts = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            List<String> cells = new ArrayList<>();
            columns.forEach(column -> cells.add(literal(row.get(column.name()), column.type())));
            texts.add("(" + String.join(", ", cells) + ")");
        }
        return new Relation(relation(columns, texts), columns);
    }

    private static String relation(List<Column> columns, List<String> rows) {
        List<String> names = columns.stream()
                .map(column -> ColumnTypes.quoted(column.name()))
                .toList();
        String list = String.join(", ", names);
        if (!rows.isEmpty()) {
            return "SELECT %s FROM (VALUES %s) AS _sluice_information (%s)"
                    .formatted(list, String.join(", ", rows), list);
        }
        List<String> empty = new ArrayList<>();
        columns.forEach(column -> empty.add(
                "CAST(NULL AS %s) AS %s".formatted(column.type().duckDb(), ColumnTypes.quoted(column.name()))));
        return "SELECT %s WHERE FALSE".formatted(String.join(", ", empty));
    }

    private static String literal(@Nullable Object value, Type type) {
        if (value == null) {
            return "CAST(NULL AS %s)".formatted(type.duckDb());
        }
        if (value instanceof List<?> parts) {
            return nested(parts, type);
        }
        String text = "'" + value.toString().replace("'", "''") + "'";
        return type.equals(Type.TIMESTAMP)
                ? "make_timestamptz(CAST(%s AS BIGINT) * 1000)".formatted(text)
                : "CAST(%s AS %s)".formatted(text, type.duckDb());
    }

    private static String nested(List<?> values, Type type) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parts.add(
                    type.isArray()
                            ? literal(values.get(i), type.element())
                            : "%s := %s"
                                    .formatted(
                                            ColumnTypes.quoted(Type.fieldName(type.parts(), i)),
                                            literal(
                                                    values.get(i),
                                                    type.parts().get(i).type())));
        }
        return type.isArray()
                ? "CAST([%s] AS %s)".formatted(String.join(", ", parts), type.duckDb())
                : "struct_pack(%s)".formatted(String.join(", ", parts));
    }

    private List<Map<String, @Nullable Object>> rows(InformationScope scope, String view) throws SQLException {
        if (view.startsWith("SCHEMATA")) {
            return schemata(scope.datasets(connection), view.equals("SCHEMATA_OPTIONS"));
        }
        if (view.startsWith("JOBS")) {
            return new InformationJobs(connection, tables.projectId()).rows(scope);
        }
        if (view.startsWith(Timelines.STREAMING) || view.startsWith(Timelines.WRITE_API)) {
            return new Timelines(connection, tables.projectId()).rows(view);
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (TableName name : names(scope)) {
            Optional<StoredTable> table = tables.find(connection, name);
            if (table.isPresent()) {
                rows.addAll(rows(table.get(), InformationColumns.plain(view)));
            }
        }
        return rows;
    }

    private List<Map<String, @Nullable Object>> rows(StoredTable table, String view) throws SQLException {
        Table resource = table.resource();
        return switch (view) {
            case "TABLES" -> List.of(InformationTables.table(resource));
            case "VIEWS" ->
                Tables.kind(resource).equals("VIEW") ? List.of(InformationTables.view(resource)) : List.of();
            case "COLUMNS" -> InformationTables.columns(table);
            case "COLUMN_FIELD_PATHS" -> InformationFields.of(table);
            case "TABLE_OPTIONS" -> InformationOptions.rows(resource);
            case "PARTITIONS" -> new InformationStorage(connection).partitions(table);
            case "TABLE_STORAGE" -> new InformationStorage(connection).storage(table);
            default -> throw ApiError.unsupported("INFORMATION_SCHEMA." + view);
        };
    }

    private List<TableName> names(InformationScope scope) throws SQLException {
        if (!scope.dataset().isEmpty()) {
            tables.dataset(connection, scope.dataset());
        }
        List<TableName> names = new ArrayList<>();
        for (String name : scope.tables(connection)) {
            names.add(new TableName(name.substring(0, name.indexOf('.')), name.substring(name.indexOf('.') + 1)));
        }
        return names;
    }

    private List<Map<String, @Nullable Object>> schemata(List<String> datasets, boolean options) throws SQLException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String name : datasets) {
            Dataset dataset = tables.dataset(connection, name);
            if (options) {
                rows.addAll(InformationOptions.rows(dataset));
            } else {
                rows.add(schema(dataset));
            }
        }
        return rows;
    }

    private static Map<String, @Nullable Object> schema(Dataset dataset) {
        Map<String, @Nullable Object> row = InformationTables.row();
        row.put("catalog_name", dataset.getDatasetReference().getProjectId());
        row.put("schema_name", dataset.getDatasetReference().getDatasetId());
        row.put("creation_time", dataset.getCreationTime());
        row.put("last_modified_time", dataset.getLastModifiedTime());
        row.put("location", dataset.getLocation());
        row.put("default_collation_name", "NULL");
        return row;
    }
}
