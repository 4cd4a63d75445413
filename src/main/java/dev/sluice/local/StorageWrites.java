package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.rpc.Code;
import dev.sluice.local.sql.TableName;
import dev.sluice.local.write.StreamName;
import dev.sluice.local.write.TablePermission;
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
    public WriteTable table(Connection connection, StreamName stream, TablePermission permission) throws SQLException {
        if (stream.table().indexOf('$') >= 0) {
            throw WriteRefused.unsupported("partitions as destinations of the Storage Write API", stream.parent());
        }
        if (!stream.project().equals(tables.projectId()) || Tables.isHidden(stream.dataset())) {
            throw WriteRefused.noTable(permission, stream.parent());
        }
        try {
            StoredTable stored = tables.find(connection, new TableName(stream.dataset(), stream.table()))
                    .orElseThrow(() -> WriteRefused.noTable(permission, stream.parent()));
            requireOwnRows(stored, stream);
            return new WriteTable(
                    "t" + stored.number(),
                    stored.fields(),
                    location(connection, stream.dataset()),
                    ColumnDefaults.expressions(stored));
        } catch (ApiError e) {
            throw refused(e, stream.parent());
        }
    }

    private static void requireOwnRows(StoredTable stored, StreamName stream) {
        String type = stored.resource().getType();
        if (!"TABLE".equals(type)) {
            throw WriteRefused.of(
                    Code.INVALID_ARGUMENT,
                    StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                    "Cannot write to a table of type " + type,
                    stream.parent());
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
        return WriteRefused.of(
                code(e), StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED, String.valueOf(e.getMessage()), entity);
    }

    private static Code code(ApiError e) {
        return switch (e.status()) {
            case 404 -> Code.NOT_FOUND;
            case 500 -> Code.INTERNAL;
            case 501 -> Code.UNIMPLEMENTED;
            case 503 -> Code.UNAVAILABLE;
            default -> Code.INVALID_ARGUMENT;
        };
    }
}
