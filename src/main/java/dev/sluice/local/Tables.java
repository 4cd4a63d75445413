package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Datasets and tables, and the DuckDB tables behind them. Methods run in the caller's transaction. */
final class Tables {

    /** Where results of queries wait to be read; not listed. */
    static final String RESULTS = "_sluice_results";

    private final String projectId;
    private final Clock clock;

    Tables(String projectId, Clock clock) {
        this.projectId = projectId;
        this.clock = clock;
    }

    /** @param number names the DuckDB table; a dropped and recreated name is another table */
    record Stored(Table resource, long number) {

        List<TableFieldSchema> fields() {
            return resource.getSchema() == null || resource.getSchema().getFields() == null
                    ? List.of()
                    : resource.getSchema().getFields();
        }

        String duckDbName() {
            return "data.t" + number;
        }

        String visibleRows() {
            String columns = fields().stream()
                    .map(field -> ColumnTypes.quoted(field.getName()))
                    .collect(Collectors.joining(", "));
            return "SELECT %s FROM %s WHERE _sluice_to IS NULL".formatted(columns, duckDbName());
        }
    }

    Dataset dataset(Connection connection, String name) throws SQLException {
        return Store.text(connection, "SELECT resource FROM meta.datasets WHERE name = ?", name)
                .map(json -> Json.read(json, Dataset.class))
                .orElseThrow(() -> ApiError.notFound("Dataset %s:%s".formatted(projectId, name)));
    }

    Dataset createDataset(Connection connection, Dataset dataset) throws SQLException {
        String name = dataset.getDatasetReference().getDatasetId();
        requireName("dataset", name);
        if (Store.text(connection, "SELECT name FROM meta.datasets WHERE name = ?", name)
                .isPresent()) {
            throw ApiError.duplicate("Dataset %s:%s".formatted(projectId, name));
        }
        long now = clock.millis();
        dataset.setKind("bigquery#dataset").setId(projectId + ":" + name).setCreationTime(now);
        dataset.setLastModifiedTime(now).setEtag(String.valueOf(now));
        dataset.getDatasetReference().setProjectId(projectId);
        if (dataset.getLocation() == null) {
            dataset.setLocation("US");
        }
        Store.update(connection, "INSERT INTO meta.datasets VALUES (?, ?)", name, Json.write(dataset));
        return dataset;
    }

    Optional<Stored> find(Connection connection, TableName name) throws SQLException {
        Optional<String> json = Store.text(
                connection,
                "SELECT resource FROM meta.tables WHERE dataset = ? AND name = ?",
                name.dataset(),
                name.table());
        if (json.isEmpty()) {
            return Optional.empty();
        }
        long number = Long.parseLong(Store.text(
                        connection,
                        "SELECT CAST(number AS VARCHAR) FROM meta.tables WHERE dataset = ? AND name = ?",
                        name.dataset(),
                        name.table())
                .orElseThrow());
        Table table = Json.read(json.get(), Table.class);
        Long expiration = table.getExpirationTime();
        if (expiration != null && expiration <= clock.millis()) {
            return Optional.empty();
        }
        return Optional.of(new Stored(table, number));
    }

    Stored get(Connection connection, TableName name) throws SQLException {
        Optional<Stored> table = find(connection, name);
        if (table.isEmpty()) {
            if (!name.dataset().equals(RESULTS)) {
                dataset(connection, name.dataset());
            }
            throw ApiError.notFound("Table %s:%s.%s".formatted(projectId, name.dataset(), name.table()));
        }
        return table.get();
    }

    Stored create(Connection connection, Table table) throws SQLException {
        TableReference reference = table.getTableReference();
        requireName("table", reference.getTableId());
        var name = new TableName(reference.getDatasetId(), reference.getTableId());
        if (!name.dataset().equals(RESULTS)) {
            dataset(connection, name.dataset());
        }
        if (find(connection, name).isPresent()) {
            throw ApiError.duplicate("Table %s:%s.%s".formatted(projectId, name.dataset(), name.table()));
        }
        Store.update(
                connection, "DELETE FROM meta.tables WHERE dataset = ? AND name = ?", name.dataset(), name.table());
        long now = clock.millis();
        reference.setProjectId(projectId);
        table.setKind("bigquery#table").setType("TABLE").setCreationTime(now);
        table.setId("%s:%s.%s".formatted(projectId, name.dataset(), name.table()))
                .setEtag(String.valueOf(now));
        var stored = new Stored(table, Store.next(connection, "meta.table_number"));
        Store.update(connection, createSql(stored));
        Store.update(
                connection,
                "INSERT INTO meta.tables VALUES (?, ?, ?, ?)",
                name.dataset(),
                name.table(),
                stored.number(),
                Json.write(table));
        return stored;
    }

    private static String createSql(Stored table) {
        String columns = table.fields().stream()
                .map(field -> ColumnTypes.quoted(field.getName()) + " " + ColumnTypes.duckDb(field)
                        + ("REQUIRED".equals(field.getMode()) ? " NOT NULL" : "") + ", ")
                .collect(Collectors.joining());
        return "CREATE TABLE %s (%s_sluice_from BIGINT NOT NULL, _sluice_to BIGINT)"
                .formatted(table.duckDbName(), columns);
    }

    void drop(Connection connection, TableName name) throws SQLException {
        Stored table = get(connection, name);
        Store.update(
                connection, "DELETE FROM meta.tables WHERE dataset = ? AND name = ?", name.dataset(), name.table());
        Store.update(connection, "DROP TABLE " + table.duckDbName());
    }

    /** The resource with what only the rows can tell. */
    Table describe(Connection connection, TableName name) throws SQLException {
        Stored table = get(connection, name);
        String count = Store.text(
                        connection,
                        "SELECT CAST(COUNT(*) AS VARCHAR) FROM %s WHERE _sluice_to IS NULL"
                                .formatted(table.duckDbName()))
                .orElse("0");
        return table.resource().setNumRows(new java.math.BigInteger(count));
    }

    long commit(Connection connection, String job) throws SQLException {
        long number = Store.next(connection, "meta.commit_number");
        Store.update(connection, "INSERT INTO meta.commits VALUES (?, ?, ?)", number, clock.millis(), job);
        return number;
    }

    private static void requireName(String what, String name) {
        if (name == null || !name.matches("[A-Za-z0-9_]{1,1024}")) {
            throw ApiError.invalid("Invalid %s ID \"%s\"".formatted(what, name));
        }
    }
}
