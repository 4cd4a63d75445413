package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamResponse;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.FlushRowsResponse;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.Code;
import java.sql.Connection;
import java.sql.SQLException;

/** The life of streams: made, flushed, finalized, committed. */
final class StreamCalls {

    private static final String DEFAULT = "_default";

    private final WriteStore store;

    StreamCalls(WriteStore store) {
        this.store = store;
    }

    WriteStream create(CreateWriteStreamRequest request) {
        WriteStream.Type type = request.getWriteStream().getType();
        StreamName parent = StreamName.in(request.getParent(), DEFAULT);
        if (type == WriteStream.Type.TYPE_UNSPECIFIED || type == WriteStream.Type.UNRECOGNIZED) {
            throw WriteRefused.invalid("The type of the write stream must be specified.", request.getParent());
        }
        return store.change(connection -> {
            WriteTable table = table(connection, parent);
            StoredStream stream =
                    Streams.create(connection, parent, type, store.now().toEpochMilli());
            if (type != WriteStream.Type.COMMITTED) {
                new StagedRows(connection, stream).create(table);
            }
            return described(stream)
                    .setTableSchema(StorageSchema.of(table.fields()))
                    .build();
        });
    }

    WriteStream get(GetWriteStreamRequest request) {
        StreamName name = StreamName.of(request.getName());
        return store.read(connection -> {
            WriteTable table = store.table(connection, name, TablePermission.TABLES_GET);
            WriteStream.Builder stream = name.isDefault()
                    ? WriteStream.newBuilder().setName(name.toString()).setType(WriteStream.Type.COMMITTED)
                    : described(Streams.get(connection, name));
            if (request.getView() == WriteStreamView.FULL) {
                stream.setTableSchema(StorageSchema.of(table.fields()));
            }
            return stream.setLocation(table.location()).build();
        });
    }

    FlushRowsResponse flush(FlushRowsRequest request) {
        StreamName name = StreamName.of(request.getWriteStream());
        if (!request.hasOffset()) {
            throw WriteRefused.invalid("The offset to flush to must be specified.", name.toString());
        }
        long offset = request.getOffset().getValue();
        return store.change(connection -> {
            flush(connection, name, offset);
            return FlushRowsResponse.newBuilder().setOffset(offset).build();
        });
    }

    private void flush(Connection connection, StreamName name, long offset) throws SQLException {
        StoredStream stream = find(connection, name, "FlushRows");
        stream.requireFlushable(offset);
        long commit = store.commit(connection);
        new StagedRows(connection, stream).release(table(connection, name), offset + 1 - stream.flushed(), commit);
        store.committing(connection, name, commit);
        Streams.flushed(connection, stream, offset + 1);
    }

    FinalizeWriteStreamResponse finish(FinalizeWriteStreamRequest request) {
        StreamName name = StreamName.of(request.getName());
        return store.change(connection -> {
            StoredStream stream = find(connection, name, "FinalizeWriteStream");
            Streams.finalized(connection, stream);
            return FinalizeWriteStreamResponse.newBuilder()
                    .setRowCount(stream.rows())
                    .build();
        });
    }

    BatchCommitWriteStreamsResponse commit(BatchCommitWriteStreamsRequest request) {
        return new StreamCommit(store).of(request);
    }

    private StoredStream find(Connection connection, StreamName name, String call) throws SQLException {
        if (name.isDefault()) {
            throw WriteRefused.of(
                    Code.INVALID_ARGUMENT,
                    StorageErrorCode.INVALID_STREAM_TYPE,
                    call + " is not supported on the default stream.",
                    name.toString());
        }
        table(connection, name);
        return Streams.get(connection, name);
    }

    private WriteTable table(Connection connection, StreamName name) throws SQLException {
        return store.table(connection, name, TablePermission.TABLES_UPDATE_DATA);
    }

    private static WriteStream.Builder described(StoredStream stream) {
        WriteStream.Builder described = WriteStream.newBuilder()
                .setName(stream.name().toString())
                .setType(stream.type())
                .setCreateTime(Timestamps.fromMillis(stream.created()));
        if (stream.type() == WriteStream.Type.COMMITTED) {
            described.setCommitTime(described.getCreateTime());
        } else if (stream.committed() != null) {
            described.setCommitTime(Timestamps.fromMillis(stream.committed()));
        }
        return described;
    }
}
