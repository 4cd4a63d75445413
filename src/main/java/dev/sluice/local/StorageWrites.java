package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.rpc.Code;
import dev.sluice.local.sql.TableName;
import dev.sluice.local.write.StreamName;
import dev.sluice.local.write.WriteRefused;
import dev.sluice.local.write.WriteStore;
import dev.sluice.local.write.WriteTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** Our tables, for the Storage Write API. */
final class StorageWrites implements WriteStore {

    private static final int NOT_FOUND = 404;
    private static final String NO_TABLE = "Requested entity was not found.";

    private final Store store;
    private final Tables tables;

    StorageWrites(Store store, Tables tables) {
        this.store = store;
        this.tables = tables;
    }

    @Override
    public <T> T change(Work<T> work) {
        try {
            return store.change(work::on);
        } catch (ApiError e) {
            throw refused(e, "");
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        try {
            return store.read(work::on);
        } catch (ApiError e) {
            throw refused(e, "");
        }
    }

    @Override
    public WriteTable table(Connection connection, String project, String dataset, String table) throws SQLException {
        String entity = "projects/%s/datasets/%s/tables/%s".formatted(project, dataset, table);
        if (!project.equals(tables.projectId()) || Tables.isHidden(dataset)) {
            throw WriteRefused.noTable(NO_TABLE, entity);
        }
        if (table.indexOf('$') >= 0) {
            throw WriteRefused.unsupported("partitions as destinations of the Storage Write API", entity);
        }
        try {
            StoredTable stored = tables.get(connection, new TableName(dataset, table));
            String type = stored.resource().getType();
            if (!"TABLE".equals(type)) {
                throw WriteRefused.of(
                        Code.INVALID_ARGUMENT,
                        StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                        "Cannot write to a table of type " + type,
                        entity);
            }
            return new WriteTable(
                    "t" + stored.number(),
                    stored.fields(),
                    location(connection, dataset),
                    ColumnDefaults.expressions(stored));
        } catch (ApiError e) {
            throw refused(e, entity);
        }
    }

    private String location(Connection connection, String dataset) throws SQLException {
        Dataset resource = tables.dataset(connection, dataset);
        return Objects.requireNonNullElse(resource.getLocation(), JobNames.LOCATION)
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public long commit(Connection connection) throws SQLException {
        return tables.commit(connection, "storage-write");
    }

    @Override
    public void committing(Connection connection, StreamName table, long commit) throws SQLException {
        StoredTable stored = tables.get(connection, new TableName(table.dataset(), table.table()));
        Arrivals.settle(connection, stored, commit, now());
    }

    @Override
    public void appended(
            Connection connection, StreamName stream, String streamType, String code, long rows, long bytes)
            throws SQLException {
        var table = new TableName(stream.dataset(), stream.table());
        Timelines.add(connection, now(), new Timelines.Request(table, streamType, code, rows, bytes));
    }

    @Override
    public Instant now() {
        return tables.now();
    }

    private static WriteRefused refused(ApiError e, String entity) {
        String message = String.valueOf(e.getMessage());
        return e.status() == NOT_FOUND
                ? WriteRefused.noTable(NO_TABLE, entity)
                : WriteRefused.of(code(e), StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED, message, entity);
    }

    private static Code code(ApiError e) {
        return switch (e.status()) {
            case 500 -> Code.INTERNAL;
            case 501 -> Code.UNIMPLEMENTED;
            case 503 -> Code.UNAVAILABLE;
            default -> Code.INVALID_ARGUMENT;
        };
    }
}
