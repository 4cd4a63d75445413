package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class StorageWriteTests {

    @TempDir
    private static Path folder;

    private static LocalServer server;
    private static StorageClient storage;
    private String name = "";

    @BeforeAll
    static void open() throws IOException {
        server = LocalServer.openForWrites(folder);
        server.people();
        storage = StorageClient.of(server);
    }

    @AfterAll
    static void close() {
        storage.close();
        server.close();
    }

    /** A table for each test. */
    @BeforeEach
    void create(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        server.client().create(TableInfo.of(TableId.of("house", name), StandardTableDefinition.of(LocalServer.PEOPLE)));
    }

    private String table() {
        return StorageClient.table(name);
    }

    private List<String> ids() throws InterruptedException {
        return server.column("SELECT id FROM house.%s ORDER BY id".formatted(name));
    }

    private BatchCommitWriteStreamsResponse commit(WriteStream... streams) {
        var request = BatchCommitWriteStreamsRequest.newBuilder().setParent(table());
        for (WriteStream stream : streams) {
            request.addWriteStreams(stream.getName());
        }
        return storage.calls().batchCommitWriteStreams(request.build());
    }

    private static <E extends Throwable> E cause(Class<E> type, JsonStreamWriter writer, long offset, String... rows) {
        ExecutionException failed = (ExecutionException)
                org.assertj.core.api.Assertions.catchThrowable(() -> StorageClient.append(writer, offset, rows));
        return type.cast(failed.getCause());
    }

    @Test
    void rowsOfTheDefaultStreamCanBeReadAtOnce() throws Exception {
        try (JsonStreamWriter writer = storage.writer(table())) {
            AppendRowsResponse answer = StorageClient.append(writer, -1, StorageClient.people(1, 2));

            assertThat(answer.getAppendResult().hasOffset()).isFalse();
            assertThat(ids()).containsExactly("1", "2");
        }
    }

    @Test
    void aCommittedStreamTakesEachOffsetOnce() throws Exception {
        WriteStream stream = storage.create(name, WriteStream.Type.COMMITTED);
        try (JsonStreamWriter writer = storage.writer(stream.getName())) {
            assertThat(StorageClient.append(writer, 0, StorageClient.people(1, 2))
                            .getAppendResult()
                            .getOffset()
                            .getValue())
                    .isZero();
            var again = cause(Exceptions.OffsetAlreadyExists.class, writer, 0, StorageClient.people(1, 2));
            var beyond = cause(Exceptions.OffsetOutOfRange.class, writer, 7, StorageClient.people(3));
            StorageClient.append(writer, 2, StorageClient.people(3));

            assertThat(again.getExpectedOffset()).isEqualTo(2);
            assertThat(again.getStreamName()).isEqualTo(stream.getName());
            assertThat(beyond.getActualOffset()).isEqualTo(7);
            assertThat(ids()).containsExactly("1", "2", "3");
        }
        assertThat(storage.calls().finalizeWriteStream(stream.getName()).getRowCount())
                .isEqualTo(3);
        try (JsonStreamWriter writer = storage.writer(stream.getName())) {
            cause(Exceptions.StreamFinalizedException.class, writer, 3, StorageClient.people(4));
        }
        assertThat(server.column(
                        "SELECT CONCAT(stream_type, ' ', error_code, ' ', CAST(SUM(total_requests) AS STRING), ' ',"
                                + " CAST(SUM(total_rows) AS STRING)) AS told FROM `region-us`.INFORMATION_SCHEMA.WRITE_API_TIMELINE"
                                + " WHERE dataset_id = 'house' AND table_id = '%s' GROUP BY stream_type, error_code ORDER BY told"
                                        .formatted(name)))
                .containsExactly(
                        "COMMITTED ALREADY_EXISTS 1 0",
                        "COMMITTED INVALID_ARGUMENT 1 0",
                        "COMMITTED OK 2 3",
                        "COMMITTED OUT_OF_RANGE 1 0");
    }

    @Test
    void aBufferedStreamShowsWhatWasFlushed() throws Exception {
        WriteStream stream = storage.create(name, WriteStream.Type.BUFFERED);
        try (JsonStreamWriter writer = storage.writer(stream.getName())) {
            StorageClient.append(writer, 0, StorageClient.people(1, 2, 3));
            StorageClient.append(writer, 3, StorageClient.people(4));

            assertThat(ids()).isEmpty();
            assertThat(storage.flush(stream, 1)).isEqualTo(1);
            assertThat(ids()).containsExactly("1", "2");
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> storage.flush(stream, 1))
                    .satisfies(e -> assertThat(e.getStatusCode().getCode()).isEqualTo(Code.ALREADY_EXISTS));
            storage.flush(stream, 3);
            assertThat(ids()).containsExactly("1", "2", "3", "4");
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> storage.flush(stream, 4))
                    .withMessageContaining("Offset 4 is beyond the end of the stream");
            StorageClient.append(writer, 4, StorageClient.people(5));
            assertThat(storage.calls().finalizeWriteStream(stream.getName()).getRowCount())
                    .isEqualTo(5);
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> storage.flush(stream, 4))
                    .satisfies(e -> assertThat(e.getStatusCode().getCode()).isEqualTo(Code.INVALID_ARGUMENT));
            assertThat(ids()).containsExactly("1", "2", "3", "4");
        }
    }

    @Test
    void pendingStreamsAreCommittedTogetherOrNotAtAll() throws Exception {
        WriteStream one = storage.create(name, WriteStream.Type.PENDING);
        WriteStream two = storage.create(name, WriteStream.Type.PENDING);
        WriteStream committed = storage.create(name, WriteStream.Type.COMMITTED);
        try (JsonStreamWriter writer = storage.writer(one.getName());
                JsonStreamWriter other = storage.writer(two.getName())) {
            StorageClient.append(writer, 0, StorageClient.people(1, 2));
            StorageClient.append(other, 0, StorageClient.people(3));
        }
        assertThat(storage.calls().finalizeWriteStream(one.getName()).getRowCount())
                .isEqualTo(2);

        assertThat(commit(one, two, committed).getStreamErrorsList())
                .extracting(StorageError::getCode)
                .containsExactly(StorageErrorCode.INVALID_STREAM_STATE, StorageErrorCode.INVALID_STREAM_TYPE);
        assertThat(commit(one, two, committed).getStreamErrors(1).getErrorMessage())
                .isEqualTo("Stream must be created in pending mode, actual: WRITE_OPTIMIZED");
        assertThat(ids()).isEmpty();
        storage.calls().finalizeWriteStream(two.getName());
        assertThat(commit(one, two).hasCommitTime()).isTrue();
        assertThat(ids()).containsExactly("1", "2", "3");
        assertThat(commit(one).getStreamErrorsList())
                .extracting(StorageError::getCode)
                .containsExactly(StorageErrorCode.STREAM_ALREADY_COMMITTED);
    }

    @Test
    void whatWasAcknowledgedSurvivesAnEndWithoutNotice() throws Exception {
        WriteStream committed = storage.create(name, WriteStream.Type.COMMITTED);
        WriteStream pending = storage.create(name, WriteStream.Type.PENDING);
        try (JsonStreamWriter writer = storage.writer(committed.getName());
                JsonStreamWriter other = storage.writer(pending.getName())) {
            StorageClient.append(writer, 0, StorageClient.people(1));
            StorageClient.append(other, 0, StorageClient.people(2, 3));
        }
        storage.close();
        server.reopen();
        storage = StorageClient.of(server);

        assertThat(ids()).containsExactly("1");
        try (JsonStreamWriter writer = storage.writer(committed.getName());
                JsonStreamWriter other = storage.writer(pending.getName())) {
            cause(Exceptions.OffsetAlreadyExists.class, writer, 0, StorageClient.people(1));
            StorageClient.append(other, 2, StorageClient.people(4));
        }
        assertThat(storage.calls().finalizeWriteStream(pending.getName()).getRowCount())
                .isEqualTo(3);
        commit(pending);
        assertThat(ids()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void oneBadRowKeepsAllOthersOut() throws Exception {
        DescriptorProto person = DescriptorProto.newBuilder()
                .setName("Person")
                .addField(RowMessages.field("id", 1, Type.TYPE_INT64))
                .addField(RowMessages.field("born", 2, Type.TYPE_INT64))
                .build();
        try (StreamWriter writer = storage.rawWriter(table(), person)) {
            var failed = assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> StorageClient.appendRaw(
                            writer, raw(person, 1, 0), raw(person, null, 0), raw(person, 3, Long.MAX_VALUE)));
            failed.withCauseInstanceOf(Exceptions.AppendSerializationError.class)
                    .satisfies(e -> assertThat(
                                    ((Exceptions.AppendSerializationError) e.getCause()).getRowIndexToErrorMessage())
                            .containsOnlyKeys(1, 2));
            assertThat(ids()).isEmpty();
            StorageClient.appendRaw(writer, raw(person, 5, 0));
            assertThat(ids()).containsExactly("5");
        }
    }

    @Test
    void aTypeWithMoreFieldsThanTheTableIsRefused() throws Exception {
        DescriptorProto more = DescriptorProto.newBuilder()
                .setName("Person")
                .addField(RowMessages.field("id", 1, Type.TYPE_INT64))
                .addField(RowMessages.field("shoe_size", 2, Type.TYPE_INT64))
                .build();
        try (StreamWriter writer = storage.rawWriter(table(), more)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> StorageClient.appendRaw(writer, raw(more, 1, 43)))
                    .withCauseInstanceOf(Exceptions.SchemaMismatchedException.class);
        }
    }

    /** A message with two numbers as its first and second field. */
    private static ByteString raw(DescriptorProto type, @Nullable Integer first, long second) throws Exception {
        var file = FileDescriptor.buildFrom(
                FileDescriptorProto.newBuilder().addMessageType(type).build(), new FileDescriptor[0]);
        Descriptor built = file.getMessageTypes().get(0);
        var row = DynamicMessage.newBuilder(built).setField(built.findFieldByNumber(2), second);
        if (first != null) {
            row.setField(built.findFieldByNumber(1), (long) first);
        }
        return row.build().toByteString();
    }

    @Test
    void valuesOfAllTypesArriveAsTheClientEncodesThem() throws Exception {
        server.query(
                "CREATE TABLE house.kinds (id INT64, s STRING, b BYTES, f FLOAT64, t BOOL, n NUMERIC, d DATE, ts"
                        + " TIMESTAMP, dt DATETIME, tm TIME, j JSON, tags ARRAY<STRING>, place STRUCT<x INT64, y STRING>)",
                settings -> settings);
        try (JsonStreamWriter writer = storage.writer(StorageClient.table("kinds"))) {
            StorageClient.append(writer, -1, """
                    {"id":-7,"s":"ä","b":[0,1],"f":0.5,"t":true,"n":"-12.000000001","d":"2026-02-28",
                     "ts":"2026-02-28 12:34:56.789012 UTC","dt":"2026-02-28 12:34:56.789012","tm":"23:59:59.000001",
                     "j":"{\\"a\\":[1]}","tags":["x","y"],"place":{"x":3}}""", "{}");
        }

        List<String> texts = List.of(
                "CAST(id AS STRING)",
                "s",
                "TO_HEX(b)",
                "CAST(f AS STRING)",
                "CAST(t AS STRING)",
                "CAST(n AS STRING)",
                "CAST(d AS STRING)",
                "FORMAT_TIMESTAMP('%FT%H:%M:%E6S', ts)",
                "CAST(dt AS STRING)",
                "CAST(tm AS STRING)",
                "TO_JSON_STRING(j)",
                "tags[OFFSET(1)]",
                "CAST(place.x AS STRING)",
                "IFNULL(place.y, '-')");
        assertThat(server.column("SELECT CONCAT(%s) FROM house.kinds WHERE id IS NOT NULL"
                        .formatted(String.join(", '|', ", texts))))
                .containsExactly("-7|ä|0001|0.5|true|-12.000000001|2026-02-28|2026-02-28T12:34:56.789012|"
                        + "2026-02-28 12:34:56.789012|23:59:59.000001|{\"a\":[1]}|y|3|-");
        assertThat(server.column("SELECT ARRAY_LENGTH(tags) FROM house.kinds WHERE id IS NULL AND place IS NULL"))
                .containsExactly("0");
    }

    @Test
    void aNewColumnIsAnnouncedAndTaken() throws Exception {
        WriteStream stream = storage.create(name, WriteStream.Type.PENDING);
        try (JsonStreamWriter writer = storage.writer(stream.getName())) {
            StorageClient.append(writer, 0, StorageClient.people(1));
            server.client()
                    .query(QueryJobConfiguration.of("ALTER TABLE house.%s ADD COLUMN nick STRING".formatted(name)));

            assertThat(StorageClient.append(writer, 1, StorageClient.people(2))
                            .getUpdatedSchema()
                            .getFieldsList())
                    .hasSize(4);
        }
        try (JsonStreamWriter writer = storage.writer(stream.getName())) {
            StorageClient.append(writer, 2, "{\"id\":3,\"nick\":\"x\"}");
        }
        storage.calls().finalizeWriteStream(stream.getName());
        commit(stream);
        assertThat(server.column("SELECT IFNULL(nick, '-') FROM house.%s ORDER BY id".formatted(name)))
                .containsExactly("-", "-", "x");
    }

    @Test
    void streamsGoWithTheirTable() throws Exception {
        WriteStream stream = storage.create(name, WriteStream.Type.PENDING);
        server.query("CREATE OR REPLACE TABLE house.%s (id INT64)".formatted(name), settings -> settings);

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> storage.calls().finalizeWriteStream(stream.getName()))
                .satisfies(e -> assertThat(e.getStatusCode().getCode()).isEqualTo(Code.NOT_FOUND));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> storage.create("nobody", WriteStream.Type.PENDING))
                .withMessageContaining("Permission 'TABLES_UPDATE_DATA' denied on resource")
                .satisfies(e -> assertThat(e.getStatusCode().getCode()).isEqualTo(Code.PERMISSION_DENIED));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> storage.calls().getWriteStream(StorageClient.table("nobody") + "/streams/_default"))
                .withMessageContaining("Permission 'TABLES_GET' denied on resource");
    }

    @Test
    void rowsThatWereWrittenCanBeChangedAtOnce() throws Exception {
        try (JsonStreamWriter writer = storage.writer(table())) {
            StorageClient.append(writer, -1, StorageClient.people(1, 2));
        }
        server.query("DELETE FROM house.%s WHERE id = 1".formatted(name), settings -> settings);

        assertThat(ids()).containsExactly("2");
    }

    @Test
    void nobodyWritesWithoutTheToken() throws Exception {
        try (var stranger = new StorageClient(server.writeAddress(), "another")) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> stranger.create(name, WriteStream.Type.COMMITTED))
                    .satisfies(e -> assertThat(e.getStatusCode().getCode()).isEqualTo(Code.UNAUTHENTICATED));
        }
    }

    @Test
    void aStreamTellsWhatItsColumnsAre() throws Exception {
        server.query(
                "CREATE TABLE house.told (s STRING(5) DEFAULT 'x' OPTIONS (description = 'a text'), n NUMERIC(4, 1))",
                settings -> settings);
        var stream = storage.calls()
                .getWriteStream(GetWriteStreamRequest.newBuilder()
                        .setName(StorageClient.table("told") + "/_default")
                        .setView(WriteStreamView.FULL)
                        .build());

        assertThat(stream.getTableSchema().getFieldsList())
                .extracting(field -> "%s %s %d %d %d"
                        .formatted(
                                field.getDescription(),
                                field.getDefaultValueExpression(),
                                field.getMaxLength(),
                                field.getPrecision(),
                                field.getScale()))
                .containsExactly("a text 'x' 5 0 0", "  0 4 1");
    }
}
