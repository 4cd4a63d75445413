package dev.sluice.local.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.rpc.Code;
import dev.sluice.local.load.BadRow;
import dev.sluice.local.load.LoadTarget;
import dev.sluice.local.load.ProtoRow;
import dev.sluice.local.load.RowAppender;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an append does to its stream: all of its rows, or none. */
final class Appends {

    private final WriteStore store;

    Appends(WriteStore store) {
        this.store = store;
    }

    /**
     * One request, with what its connection has said before.
     *
     * @param type of the rows
     * @param offset null if the rows go to the end, wherever that is
     * @param missing what a missing value means, for all columns and by column
     */
    record Request(
            StreamName stream,
            Descriptor type,
            List<ByteString> rows,
            @Nullable Long offset,
            MissingValueInterpretation missing,
            Map<String, MissingValueInterpretation> missingByColumn) {}

    /**
     * @param offset of the first row; null for the default stream
     * @param errors of the rows that do not fit; if there are any, nothing was appended
     * @param fields that the table had
     */
    record Outcome(@Nullable Long offset, List<RowError> errors, List<TableFieldSchema> fields) {}

    /** @throws WriteRefused if the request is not one for this stream, or not now */
    Outcome append(Request request) {
        try {
            return store.change(connection -> {
                Outcome outcome =
                        request.stream().isDefault() ? toTable(connection, request) : toStream(connection, request);
                remember(connection, request, outcome.errors().isEmpty() ? Code.OK : Code.INVALID_ARGUMENT);
                return outcome;
            });
        } catch (WriteRefused e) {
            rememberRefused(request, e.code());
            throw e;
        }
    }

    private void rememberRefused(Request request, Code code) {
        if (code != Code.NOT_FOUND) {
            store.change(connection -> {
                remember(connection, request, code);
                return code;
            });
        }
    }

    private void remember(Connection connection, Request request, Code code) throws SQLException {
        StreamName stream = request.stream();
        String type = stream.isDefault()
                ? "DEFAULT"
                : Streams.get(connection, stream).type().name();
        boolean taken = code == Code.OK;
        long bytes = request.rows().stream().mapToLong(ByteString::size).sum();
        store.appended(
                connection, stream, type, code.name(), taken ? request.rows().size() : 0, taken ? bytes : 0);
    }

    private Outcome toTable(Connection connection, Request request) throws SQLException {
        if (request.offset() != null) {
            throw WriteRefused.append(
                    Code.INVALID_ARGUMENT,
                    StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                    "Offset must not be set for the default stream.",
                    request.stream().toString());
        }
        WriteTable table = table(connection, request);
        var rows = Rows.of(request, table);
        if (rows.errors().isEmpty()) {
            write(connection, table.duckDbName(), table, rows, store.commit(connection));
        }
        return new Outcome(null, rows.errors(), table.fields());
    }

    private Outcome toStream(Connection connection, Request request) throws SQLException {
        WriteTable table = table(connection, request);
        StoredStream stream = Streams.get(connection, request.stream());
        requireOpen(stream);
        requireEnd(stream, request.offset());
        var rows = Rows.of(request, table);
        if (!rows.errors().isEmpty()) {
            return new Outcome(null, rows.errors(), table.fields());
        }
        if (stream.type() == WriteStream.Type.COMMITTED) {
            write(connection, table.duckDbName(), table, rows, store.commit(connection));
        } else {
            new StagedRows(connection, stream).widen(table);
            write(connection, stream.stagingTable(), table, rows, 0);
        }
        Streams.appended(connection, stream, rows.values().size());
        return new Outcome(stream.rows(), List.of(), table.fields());
    }

    private WriteTable table(Connection connection, Request request) throws SQLException {
        StreamName stream = request.stream();
        return store.table(connection, stream.project(), stream.dataset(), stream.table());
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

    private static void write(Connection connection, String duckDbTable, WriteTable table, Rows rows, long commit)
            throws SQLException {
        var target = new LoadTarget(duckDbTable, table.fields(), commit, () -> {});
        try (RowAppender appender = RowAppender.open(connection, target)) {
            for (@Nullable Object[] row : rows.values()) {
                appender.append(row);
            }
        }
    }

    /** Rows as values of the table's columns, and what is wrong with the others. */
    private record Rows(List<@Nullable Object[]> values, List<RowError> errors) {

        static Rows of(Request request, WriteTable table) {
            requireNoDefaults(request, table);
            var format = ProtoRow.of(request.type(), table.fields());
            List<@Nullable Object[]> values = new ArrayList<>();
            List<RowError> errors = new ArrayList<>();
            for (int i = 0; i < request.rows().size(); i++) {
                try {
                    @Nullable Object[] row = format.values(request.rows().get(i));
                    RowAppender.requirePresent(table.fields(), row);
                    values.add(row);
                } catch (BadRow e) {
                    errors.add(RowError.newBuilder()
                            .setIndex(i)
                            .setCode(RowError.RowErrorCode.FIELDS_ERROR)
                            .setMessage(String.valueOf(e.getMessage()))
                            .build());
                }
            }
            return new Rows(values, errors);
        }

        private static void requireNoDefaults(Request request, WriteTable table) {
            for (TableFieldSchema field : table.fields()) {
                if (field.getDefaultValueExpression() != null
                        && request.missingByColumn().getOrDefault(field.getName(), request.missing())
                                == MissingValueInterpretation.DEFAULT_VALUE) {
                    throw WriteRefused.unsupported(
                            "default values of columns", request.stream().toString());
                }
            }
        }
    }
}
