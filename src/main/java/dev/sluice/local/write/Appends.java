package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import dev.sluice.local.load.LackingRows;
import dev.sluice.local.load.LoadTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an append does to its stream: all of its rows, or none. */
final class Appends {

    private final WriteStore store;

    Appends(WriteStore store) {
        this.store = store;
    }

    /** @throws WriteRefused if the request is not one for this stream, or not now */
    AppendOutcome append(AppendRequest request) {
        try {
            return store.change(connection -> {
                AppendOutcome outcome =
                        request.stream().isDefault() ? toTable(connection, request) : toStream(connection, request);
                remember(connection, request, outcome.errors().isEmpty() ? Code.OK : Code.INVALID_ARGUMENT);
                return outcome;
            });
        } catch (WriteRefused e) {
            rememberRefused(request, e.code());
            throw e;
        }
    }

    private void rememberRefused(AppendRequest request, Code code) {
        if (code != Code.NOT_FOUND && code != Code.PERMISSION_DENIED) {
            store.change(connection -> {
                remember(connection, request, code);
                return code;
            });
        }
    }

    private void remember(Connection connection, AppendRequest request, Code code) throws SQLException {
        StreamName stream = request.stream();
        String type = stream.isDefault()
                ? "DEFAULT"
                : Streams.get(connection, stream).type().name();
        boolean taken = code == Code.OK;
        long bytes = request.rows().stream().mapToLong(ByteString::size).sum();
        store.appended(
                connection, stream, type, code.name(), taken ? request.rows().size() : 0, taken ? bytes : 0);
    }

    private AppendOutcome toTable(Connection connection, AppendRequest request) throws SQLException {
        if (request.offset() != null) {
            throw WriteRefused.append(
                    Code.INVALID_ARGUMENT,
                    StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                    "Offset must not be set for the default stream.",
                    request.stream().toString());
        }
        WriteTable table = table(connection, request);
        var rows = CheckedRows.of(request, table);
        if (rows.errors().isEmpty()) {
            commit(connection, request.stream(), table, rows);
        }
        return new AppendOutcome(null, rows.errors(), table.fields());
    }

    private AppendOutcome toStream(Connection connection, AppendRequest request) throws SQLException {
        WriteTable table = table(connection, request);
        StoredStream stream = Streams.get(connection, request.stream());
        requireOpen(stream);
        requireEnd(stream, request.offset());
        var rows = CheckedRows.of(request, table);
        if (!rows.errors().isEmpty()) {
            return new AppendOutcome(null, rows.errors(), table.fields());
        }
        if (stream.type() == WriteStream.Type.COMMITTED) {
            commit(connection, request.stream(), table, rows);
        } else {
            new StagedRows(connection, stream).widen(table);
            write(connection, stream.stagingTable(), table, rows, 0);
        }
        Streams.appended(connection, stream, rows.values().size());
        return new AppendOutcome(stream.rows(), List.of(), table.fields());
    }

    private void commit(Connection connection, StreamName stream, WriteTable table, CheckedRows rows)
            throws SQLException {
        long commit = store.commit(connection);
        write(connection, table.duckDbName(), table, rows, commit);
        store.committing(connection, stream, commit);
    }

    private WriteTable table(Connection connection, AppendRequest request) throws SQLException {
        return store.table(connection, request.stream(), TablePermission.TABLES_UPDATE_DATA);
    }

    private static void requireOpen(StoredStream stream) {
        if (stream.finalized()) {
            throw WriteRefused.append(
                    Code.INVALID_ARGUMENT,
                    StorageErrorCode.STREAM_FINALIZED,
                    "Stream has been finalized and cannot be appended.",
                    stream.name().toString());
        }
    }

    private static void requireEnd(StoredStream stream, @Nullable Long offset) {
        if (offset == null || offset == stream.rows()) {
            return;
        }
        boolean within = offset < stream.rows();
        throw WriteRefused.append(
                within ? Code.ALREADY_EXISTS : Code.OUT_OF_RANGE,
                within ? StorageErrorCode.OFFSET_ALREADY_EXISTS : StorageErrorCode.OFFSET_OUT_OF_RANGE,
                "The offset is %s stream, expected offset %d, received %d"
                        .formatted(within ? "within" : "beyond", stream.rows(), offset),
                stream.name().toString());
    }

    private static void write(
            Connection connection, String duckDbTable, WriteTable table, CheckedRows rows, long commit)
            throws SQLException {
        var target = new LoadTarget(duckDbTable, table.fields(), commit, () -> {});
        new LackingRows(connection, target, table.defaults()).append(rows.values());
    }
}
