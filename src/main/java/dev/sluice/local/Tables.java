package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import dev.sluice.local.write.Streams;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables, and the DuckDB tables behind them. Methods run in the caller's transaction. */
final class Tables {

    /** Where results of queries wait to be read; not listed. */
    static final String RESULTS = "_sluice_results";

    private static final Set<String> UNSUPPORTED = Set.of(
            "materializedView",
            "externalDataConfiguration",
            "biglakeConfiguration",
            "snapshotDefinition",
            "cloneDefinition",
            RowPolicies.MEMBER);

    private final Datasets datasets;
    private final String projectId;
    private final Clock clock;
    private final Commits commits;
    private final ResultTables results;

    Tables(Datasets datasets, String projectId, Clock clock, Commits commits) {
        this.datasets = datasets;
        this.projectId = projectId;
        this.clock = clock;
        this.commits = commits;
        this.results = new ResultTables(projectId, clock);
    }

    /** @param number names the DuckDB table; a dropped and recreated name is another table */
    record Stored(Table resource, long number) {

        List<TableFieldSchema> fields() {
            return resource.getSchema() == null || resource.getSchema().getFields() == null
                    ? List.of()
                    : resource.getSchema().getFields();
        }

        TableName name() {
            return Tables.name(resource.getTableReference());
        }

        /** What statements call it. For a result these are rows of the table that it shares, which nothing changes so. */
        String duckDbName() {
            String name = sharedName();
            OptionalLong from = from();
            return from.isPresent()
                    ? "(SELECT rowid, * FROM %s WHERE _sluice_from = %d)".formatted(name, from.getAsLong())
                    : name;
        }

        /** The whole DuckDB table, in which a result has only the rows that it is {@link #from}. */
        String sharedName() {
            return "data.t" + number;
        }

        /** {@code _sluice_from} of a result's rows; empty for what is no result. */
        OptionalLong from() {
            return ResultName.of(name())
                    .map(result -> OptionalLong.of(result.from()))
                    .orElse(OptionalLong.empty());
        }

        String columns() {
            return fields().stream()
                    .map(field -> ColumnTypes.quoted(field.getName()))
                    .collect(Collectors.joining(", "));
        }

        /** All columns that make a version of a row. */
        String stored() {
            return columns() + (Partitions.isByArrival(resource) ? ", " + ColumnTypes.quoted(Partitions.TIME) : "");
        }

        /** Visible rows as statements read them, with hidden columns. */
        String readableRows() {
            return "SELECT %s%s FROM %s WHERE _sluice_to IS NULL"
                    .formatted(read(), Partitions.hiddenSql(resource), duckDbName());
        }

        String visibleRows() {
            return "SELECT %s FROM %s WHERE _sluice_to IS NULL".formatted(read(), duckDbName());
        }

        /** Columns as statements read them: no array is NULL. */
        String read() {
            return fields().stream()
                    .map(field -> {
                        String name = ColumnTypes.quoted(field.getName());
                        return "REPEATED".equals(field.getMode()) ? "coalesce(%1$s, []) AS %1$s".formatted(name) : name;
                    })
                    .collect(Collectors.joining(", "));
        }

        /** Rows that were visible at a moment. */
        String rowsAt(Instant moment) {
            return "SELECT %s%s FROM %s WHERE _sluice_from NOT IN (%4$s) AND (_sluice_to IS NULL OR _sluice_to IN (%4$s))"
                    .formatted(
                            read(),
                            Partitions.hiddenSql(resource),
                            duckDbName(),
                            "SELECT number FROM meta.commits WHERE committed_at IS NULL OR committed_at > "
                                    + moment.toEpochMilli());
        }

        /** Visible rows that a statement can point at. */
        String identifiedRows() {
            return "SELECT rowid AS %s, %s%s FROM %s WHERE _sluice_to IS NULL"
                    .formatted(Statement.ROW, read(), Partitions.hiddenSql(resource), duckDbName());
        }
    }

    /** What DDL calls it: TABLE, VIEW or SNAPSHOT TABLE. */
    static String kind(Table table) {
        if (table.getView() != null) {
            return "VIEW";
        }
        return table.getSnapshotDefinition() == null ? "TABLE" : "SNAPSHOT TABLE";
    }

    Instant now() {
        return clock.instant();
    }

    ResultTables results() {
        return results;
    }

    String projectId() {
        return projectId;
    }

    void dropDataset(Connection connection, String name, boolean contents) throws SQLException {
        datasets.delete(connection, name, contents, this);
    }

    Dataset dataset(Connection connection, String name) throws SQLException {
        return datasets.get(connection, name);
    }

    Dataset createDataset(Connection connection, Dataset dataset) throws SQLException {
        return datasets.create(connection, dataset);
    }

    static TableName name(TableReference reference) {
        return new TableName(reference.getDatasetId(), reference.getTableId());
    }

    /** @throws ApiError for results of queries, some of which share a table */
    static void requireChangeable(TableName name) {
        if (name.dataset().equals(RESULTS)) {
            throw ApiError.invalid(
                    "Results of queries cannot be changed; copy %s.%s first".formatted(name.dataset(), name.table()));
        }
    }

    Optional<Stored> find(Connection connection, TableName name) throws SQLException {
        if (name.dataset().equals(RESULTS)) {
            return results.find(connection, name);
        }
        return TableRecords.find(connection, name).filter(table -> {
            Long expiration = table.resource().getExpirationTime();
            return expiration == null || expiration > clock.millis();
        });
    }

    Stored get(Connection connection, TableName name) throws SQLException {
        Optional<Stored> table = find(connection, name);
        if (table.isEmpty()) {
            requireDataset(connection, name);
            throw ApiError.notFound("Table " + id(name));
        }
        return table.get();
    }

    private void requireDataset(Connection connection, TableName name) throws SQLException {
        if (!name.dataset().equals(RESULTS)) {
            datasets.get(connection, name.dataset());
        }
    }

    /** As a request asks for it. */
    Stored create(Connection connection, Table table) throws SQLException {
        UNSUPPORTED.stream()
                .filter(setting -> table.get(setting) != null)
                .findFirst()
                .ifPresent(setting -> {
                    throw ApiError.unsupported("tables with " + setting);
                });
        return define(connection, table.getView() == null ? table : Views.completed(connection, this, table));
    }

    /** A table of whatever kind. */
    Stored define(Connection connection, Table table) throws SQLException {
        TableReference reference = table.getTableReference();
        Projects.require(projectId, reference.getProjectId());
        Names.requireTable(reference.getTableId());
        var name = name(reference);
        requireDataset(connection, name);
        requireAbsent(connection, name);
        complete(connection, table, name);
        var stored = new Stored(table, Store.next(connection, "meta.table_number"));
        Layouts.requireColumns(stored);
        Store.update(connection, TableLayout.createSql(stored));
        TableRecords.add(connection, name, stored);
        return stored;
    }

    /** Removes what has expired under the name. */
    private void requireAbsent(Connection connection, TableName name) throws SQLException {
        if (find(connection, name).isPresent()) {
            throw ApiError.duplicate("Table " + id(name));
        }
        remove(connection, name);
    }

    private String id(TableName name) {
        return "%s:%s.%s".formatted(projectId, name.dataset(), name.table());
    }

    private void complete(Connection connection, Table table, TableName name) throws SQLException {
        long now = clock.millis();
        table.getTableReference().setProjectId(projectId);
        table.setKind("bigquery#table")
                .setType(kind(table).replace(" TABLE", ""))
                .setCreationTime(now);
        table.setLastModifiedTime(BigInteger.valueOf(now));
        if (!name.dataset().equals(RESULTS)) {
            Expirations.setDefaults(datasets.get(connection, name.dataset()), table, now);
        }
        table.setId(id(name)).setEtag(Datasets.etag(connection));
    }

    /** Keeps a table's resource, of which something has changed that is no change of the table. */
    void save(Connection connection, Stored table) throws SQLException {
        table.resource().setEtag(Datasets.etag(connection));
        TableRecords.write(connection, table);
    }

    /** Keeps the resource of a table that has changed. */
    void saveModified(Connection connection, Stored table) throws SQLException {
        table.resource().setLastModifiedTime(BigInteger.valueOf(clock.millis()));
        save(connection, table);
    }

    /** @param whole whether the changes are the whole resource */
    Table patch(Connection connection, TableName name, Table changes, boolean whole, @Nullable String etag)
            throws SQLException {
        Stored stored = get(connection, name);
        Table table = stored.resource();
        Datasets.requireEtag(etag, table.getEtag());
        if (table.getView() != null) {
            Views.change(connection, this, table, changes);
        } else if (changes.getSchema() != null && changes.getSchema().getFields() != null) {
            TableChanges.apply(connection, stored, changes.getSchema().getFields());
        }
        Patch.apply(table, changes, whole);
        Layouts.requireColumns(stored);
        saveModified(connection, stored);
        return table;
    }

    /** @return its new name; the DuckDB table stays the same */
    TableName rename(Connection connection, TableName name, String to) throws SQLException {
        Names.requireTable(to);
        var renamed = new TableName(name.dataset(), to);
        requireAbsent(connection, renamed);
        Stored table = get(connection, name);
        table.resource().getTableReference().setTableId(to);
        table.resource().setId(id(renamed));
        TableRecords.rename(connection, table, to);
        saveModified(connection, table);
        Streams.forget(connection, name.dataset(), name.table());
        return renamed;
    }

    void drop(Connection connection, TableName name) throws SQLException {
        get(connection, name);
        Optional<ResultName> result = ResultName.of(name);
        if (result.isPresent()) {
            results.remove(connection, result.get());
        } else {
            remove(connection, name);
        }
    }

    /** Removes a table and its rows, expired or not, if it is there. */
    void remove(Connection connection, TableName name) throws SQLException {
        Optional<Stored> table = TableRecords.find(connection, name);
        if (table.isPresent()) {
            TableRecords.remove(connection, table.get());
            Store.update(connection, "DROP TABLE " + table.get().duckDbName());
            StreamingBuffer.forget(connection, table.get().number());
            Streams.forget(connection, name.dataset(), name.table());
        }
    }

    /** @return the number of the change that the caller's transaction makes */
    long commit(Connection connection, String job) throws SQLException {
        return commits.begin(connection, job);
    }
}
