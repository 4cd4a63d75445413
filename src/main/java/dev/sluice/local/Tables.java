package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.TableName;
import dev.sluice.local.write.Streams;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables, and the DuckDB tables behind them. Methods run in the caller's transaction. */
final class Tables {

    /** With which datasets begin that are not listed. */
    static final String HIDDEN = "_sluice_";

    /** Where results of queries wait to be read. */
    static final String RESULTS = HIDDEN + "results";

    private static final Set<String> UNSUPPORTED = Set.of(
            "externalDataConfiguration",
            "biglakeConfiguration",
            "snapshotDefinition",
            "cloneDefinition",
            "tableReplicationInfo");

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

    /** What DDL calls it: TABLE, VIEW, MATERIALIZED VIEW or SNAPSHOT TABLE. */
    static String kind(Table table) {
        if (table.getView() != null) {
            return table.getMaterializedView() == null ? "VIEW" : "MATERIALIZED VIEW";
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
        datasets.delete(connection, name, contents, null, this);
    }

    DatasetPlaces places() {
        return datasets.places();
    }

    Dataset dataset(Connection connection, String name) throws SQLException {
        return datasets.get(connection, name);
    }

    Dataset createDataset(Connection connection, Dataset dataset) throws SQLException {
        return datasets.create(connection, dataset);
    }

    void replaceDataset(Connection connection, Dataset dataset) throws SQLException {
        datasets.replace(connection, dataset);
    }

    /** Whether nobody has made a dataset. */
    static boolean isHidden(String dataset) {
        return dataset.startsWith(HIDDEN);
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

    Optional<StoredTable> find(Connection connection, TableName name) throws SQLException {
        if (name.dataset().equals(RESULTS)) {
            return results.find(connection, name);
        }
        return TableRecords.find(connection, name).filter(table -> {
            Long expiration = table.resource().getExpirationTime();
            return expiration == null || expiration > clock.millis();
        });
    }

    StoredTable get(Connection connection, TableName name) throws SQLException {
        Optional<StoredTable> table = find(connection, name);
        if (table.isEmpty()) {
            requireDataset(connection, name);
            throw ApiError.notFound("Table " + id(name));
        }
        return table.get();
    }

    /**
     * What had the name at a moment, be it dropped since.
     *
     * @param millis since 1970; 0 for the oldest there is
     */
    StoredTable past(Connection connection, TableName name, long millis) throws SQLException {
        if (isHidden(name.dataset())) {
            return get(connection, name);
        }
        Optional<StoredTable> dropped =
                DroppedTables.find(connection, name, datasets.get(connection, name.dataset()), millis, now());
        if (dropped.isPresent()) {
            return dropped.get();
        }
        Optional<StoredTable> expired = TableRecords.find(connection, name).filter(table -> {
            Long expiration = table.resource().getExpirationTime();
            return expiration != null && expiration > millis;
        });
        return expired.isPresent() ? expired.get() : get(connection, name);
    }

    private void requireDataset(Connection connection, TableName name) throws SQLException {
        if (!isHidden(name.dataset())) {
            datasets.get(connection, name.dataset());
        }
    }

    /** As a request asks for it. */
    StoredTable create(Connection connection, Table table) throws SQLException {
        table.keySet().stream()
                .filter(setting -> UNSUPPORTED.contains(setting) || setting.startsWith(HIDDEN))
                .filter(setting -> table.get(setting) != null)
                .findFirst()
                .ifPresent(setting -> {
                    throw ApiError.unsupported("tables with " + setting);
                });
        boolean view = table.getView() != null || table.getMaterializedView() != null;
        return define(connection, view ? Views.completed(connection, this, table) : table);
    }

    /** A table of whatever kind. */
    StoredTable define(Connection connection, Table table) throws SQLException {
        TableReference reference = table.getTableReference();
        Projects.require(projectId, reference.getProjectId());
        Names.requireTable(reference.getTableId());
        var name = name(reference);
        requireDataset(connection, name);
        requireAbsent(connection, name);
        complete(connection, table, name);
        var stored = new StoredTable(table, Store.next(connection, "meta.table_number"));
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
                .setType(kind(table).replace(" TABLE", "").replace(' ', '_'))
                .setCreationTime(now);
        table.setLastModifiedTime(BigInteger.valueOf(now));
        if (!isHidden(name.dataset())) {
            Expirations.setDefaults(datasets.get(connection, name.dataset()), table, now);
        } else if (TemporaryTables.has(name) && table.getExpirationTime() == null) {
            table.setExpirationTime(now + TemporaryTables.LIFE.toMillis());
        }
        table.setId(id(name)).setEtag(Datasets.etag(connection));
    }

    /** Keeps a table's resource, of which something has changed that is no change of the table. */
    void save(Connection connection, StoredTable table) throws SQLException {
        requireChangeable(table.name());
        table.resource().setEtag(Datasets.etag(connection));
        TableRecords.write(connection, table);
    }

    /** Keeps the resource of a table that has changed. */
    void saveModified(Connection connection, StoredTable table) throws SQLException {
        table.resource().setLastModifiedTime(BigInteger.valueOf(clock.millis()));
        save(connection, table);
    }

    /** @param whole whether the changes are the whole resource */
    Table patch(Connection connection, TableName name, Table changes, boolean whole, @Nullable String etag)
            throws SQLException {
        StoredTable stored = get(connection, name);
        Table table = stored.resource();
        Datasets.requireEtag(etag, table.getEtag());
        if (table.getView() != null) {
            Views.change(connection, this, table, changes, whole);
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
        StoredTable table = get(connection, name);
        table.resource().getTableReference().setTableId(to);
        table.resource().setId(id(renamed));
        TableRecords.rename(connection, table, to);
        saveModified(connection, table);
        Streams.forget(connection, name.dataset(), name.table());
        return renamed;
    }

    /** @param etag that the table must have, if it is given */
    void drop(Connection connection, TableName name, @Nullable String etag) throws SQLException {
        Datasets.requireEtag(etag, get(connection, name).resource().getEtag());
        Optional<ResultName> result = ResultName.of(name);
        if (result.isPresent()) {
            results.remove(connection, result.get());
        } else {
            remove(connection, name);
        }
    }

    /** Removes a table, expired or not, if it is there; a copy can bring it back for some time. */
    void remove(Connection connection, TableName name) throws SQLException {
        Optional<StoredTable> table = TableRecords.find(connection, name);
        if (table.isPresent()) {
            TableRecords.remove(connection, table.get());
            if (isHidden(name.dataset()) || !kind(table.get().resource()).equals("TABLE")) {
                Store.update(connection, "DROP TABLE " + table.get().sharedName());
            } else {
                DroppedTables.keep(connection, table.get(), datasets.get(connection, name.dataset()), now());
            }
            StreamingBuffer.forget(connection, table.get().number());
            Streams.forget(connection, name.dataset(), name.table());
        }
    }

    /** @return the number of the change that the caller's transaction makes */
    long commit(Connection connection, String job) throws SQLException {
        return commits.begin(connection, job);
    }
}
