package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Makes the rows of pending streams readable at once: all of them, or none. */
final class StreamCommit {

    private final WriteStore store;

    StreamCommit(WriteStore store) {
        this.store = store;
    }

    /** @return the time, or an error for each stream that stands in the way */
    BatchCommitWriteStreamsResponse of(BatchCommitWriteStreamsRequest request) {
        List<StreamName> names =
                request.getWriteStreamsList().stream().map(StreamName::of).toList();
        StreamName parent = StreamName.in(request.getParent(), "");
        if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
            throw WriteRefused.invalid("Each of the streams to commit must be named once.", request.getParent());
        }
        return store.change(connection -> of(connection, parent, names));
    }

    private BatchCommitWriteStreamsResponse of(Connection connection, StreamName parent, List<StreamName> names)
            throws SQLException {
        WriteTable table = store.table(connection, parent, TablePermission.TABLES_UPDATE_DATA);
        var response = BatchCommitWriteStreamsResponse.newBuilder();
        List<StoredStream> streams = new ArrayList<>();
        for (StreamName name : names) {
            try {
                StoredStream stream = Streams.get(connection, name);
                requireReady(stream, parent);
                streams.add(stream);
            } catch (WriteRefused e) {
                response.addStreamErrors(e.streamError());
            }
        }
        if (response.getStreamErrorsCount() > 0) {
            return response.build();
        }
        long commit = store.commit(connection);
        long now = store.now().toEpochMilli();
        for (StoredStream stream : streams) {
            var staged = new StagedRows(connection, stream);
            staged.release(table, stream.rows(), commit);
            staged.drop();
            Streams.committed(connection, stream, now);
        }
        store.committing(connection, parent, commit);
        return response.setCommitTime(Timestamps.fromMillis(now)).build();
    }

    private static void requireReady(StoredStream stream, StreamName parent) {
        if (!stream.name().parent().equals(parent.parent())) {
            throw refused(stream, StorageErrorCode.STREAM_NOT_FOUND, "The stream is not one of " + parent.parent());
        }
        if (stream.type() != WriteStream.Type.PENDING) {
            throw refused(
                    stream,
                    StorageErrorCode.INVALID_STREAM_TYPE,
                    "Stream must be created in pending mode, actual: "
                            + (stream.type() == WriteStream.Type.COMMITTED ? "WRITE_OPTIMIZED" : stream.type()));
        }
        if (stream.committed() != null) {
            throw refused(stream, StorageErrorCode.STREAM_ALREADY_COMMITTED, "Stream is already committed.");
        }
        if (!stream.finalized()) {
            throw refused(stream, StorageErrorCode.INVALID_STREAM_STATE, "Stream is not finalized.");
        }
    }

    private static WriteRefused refused(StoredStream stream, StorageErrorCode code, String message) {
        return WriteRefused.of(
                Code.INVALID_ARGUMENT, code, message, stream.name().toString());
    }
}
