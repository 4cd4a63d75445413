package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rows lack that are streamed: default values, of which the examples are BigQuery's
 * (https://cloud.google.com/bigquery/docs/default-values), and the partition of their arrival.
 */
class DefaultValueTests {

    private static final Map<String, MissingValueInterpretation> NOTHING = Map.of();

    @TempDir
    private static Path folder;

    private static LocalServer server;
    private static StorageClient storage;

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

    @BeforeEach
    void makeTable() throws Exception {
        query("DROP TABLE IF EXISTS house.t");
        query("CREATE TABLE house.t (a STRING, b STRING DEFAULT 'default_b', c STRING DEFAULT 'default_c')");
    }

    private static void query(String sql) throws InterruptedException {
        server.query(sql, UnaryOperator.identity());
    }

    private static List<String> rows() throws InterruptedException {
        return server.column("SELECT FORMAT('%T %T %T', a, b, c) FROM house.t ORDER BY a, b");
    }

    private static String insert(String rows) throws Exception {
        return server.send("POST", "/datasets/house/tables/t/insertAll", "{\"rows\":[" + rows.replace('\'', '"') + "]}")
                .body();
    }

    /** Of texts. */
    private static DescriptorProto message(String... names) {
        var message = DescriptorProto.newBuilder().setName("Row");
        for (String name : names) {
            message.addField(FieldDescriptorProto.newBuilder()
                    .setName(name)
                    .setNumber(message.getFieldCount() + 1)
                    .setType(FieldDescriptorProto.Type.TYPE_STRING)
                    .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL));
        }
        return message.build();
    }

    private static ByteString row(DescriptorProto type, String... values) throws Exception {
        Descriptor built = FileDescriptor.buildFrom(
                        FileDescriptorProto.newBuilder().addMessageType(type).build(), new FileDescriptor[0])
                .getMessageTypes()
                .get(0);
        var row = DynamicMessage.newBuilder(built);
        for (int i = 0; i < Math.min(values.length, type.getFieldCount()); i++) {
            row.setField(built.getFields().get(i), values[i]);
        }
        return row.build().toByteString();
    }

    private static void append(String stream, Map<String, MissingValueInterpretation> missing, String... columns)
            throws Exception {
        DescriptorProto type = message(columns);
        try (StreamWriter writer = storage.rawWriterOf(stream, type, missing)) {
            StorageClient.appendRaw(writer, row(type, "val_a", "val_b"), row(type, "val_a"));
        }
    }

    private static String standing() {
        return StorageClient.table("t") + "/streams/_default";
    }

    @Test
    void columnsThatTheWriterDoesNotKnowAreWhatTheyAreByDefault() throws Exception {
        append(standing(), NOTHING, "a", "b");

        assertThat(rows()).containsExactly("\"val_a\" NULL \"default_c\"", "\"val_a\" \"val_b\" \"default_c\"");
    }

    @Test
    void columnsThatTheWriterKnowsAreNull() throws Exception {
        append(standing(), NOTHING, "a", "b", "c");

        assertThat(rows()).containsExactly("\"val_a\" NULL NULL", "\"val_a\" \"val_b\" NULL");
    }

    @Test
    void columnsThatTheWriterKnowsAreWhatHeWants() throws Exception {
        append(standing(), Map.of("b", MissingValueInterpretation.DEFAULT_VALUE), "a", "b", "c");

        assertThat(rows()).containsExactly("\"val_a\" \"default_b\" NULL", "\"val_a\" \"val_b\" NULL");
    }

    @Test
    void rowsThatWaitHaveTheDefaultsOfTheirAppend() throws Exception {
        WriteStream stream = storage.create("t", WriteStream.Type.PENDING);
        append(stream.getName(), NOTHING, "a", "b");
        append(stream.getName(), Map.of("b", MissingValueInterpretation.DEFAULT_VALUE), "a", "b");
        query("ALTER TABLE house.t ALTER COLUMN c SET DEFAULT 'later'");
        commit(stream);

        assertThat(rows())
                .containsExactly(
                        "\"val_a\" NULL \"default_c\"",
                        "\"val_a\" \"default_b\" \"default_c\"",
                        "\"val_a\" \"val_b\" \"default_c\"",
                        "\"val_a\" \"val_b\" \"default_c\"");
    }

    private static void commit(WriteStream stream) {
        storage.calls().finalizeWriteStream(stream.getName());
        storage.calls()
                .batchCommitWriteStreams(BatchCommitWriteStreamsRequest.newBuilder()
                        .setParent(StorageClient.table("t"))
                        .addWriteStreams(stream.getName())
                        .build());
    }

    @Test
    void insertAllGivesEachRowWhatItLacks() throws Exception {
        assertThat(
                        insert(
                                "{'json':{'a':'val_a','b':'val_b'}},{'json':{'a':'val_a'}},{'json':{}},{'json':{'B':null,'c':null}}"))
                .doesNotContain("error", "insertErrors");

        assertThat(rows())
                .containsExactly(
                        "NULL NULL NULL",
                        "NULL \"default_b\" \"default_c\"",
                        "\"val_a\" \"default_b\" \"default_c\"",
                        "\"val_a\" \"val_b\" \"default_c\"");
    }

    @Test
    void requiredAndOtherColumnsHaveDefaults() throws Exception {
        query("CREATE OR REPLACE TABLE house.t (a STRING, b STRING(3) NOT NULL DEFAULT 'abc',"
                + " c ARRAY<STRUCT<x INT64, d DATE>> DEFAULT [(1, CURRENT_DATE())])");
        append(standing(), NOTHING, "a");
        assertThat(insert("{'json':{}},{'json':{'b':null}}")).contains("\"index\":1", "stopped");
        assertThat(insert("{'json':{}}")).doesNotContain("rror");

        assertThat(server.column("SELECT CONCAT(b, c[0].x, c[0].d = CURRENT_DATE()) FROM house.t"))
                .containsExactly("abc1true", "abc1true", "abc1true");
    }

    @Test
    void whatDiffersFromRowToRowIsRefused() throws Exception {
        query("CREATE OR REPLACE TABLE house.t (a STRING, b STRING DEFAULT GENERATE_UUID(), c STRING)");

        assertThat(insert("{'json':{'a':'x'}}")).contains("\"code\":501");
        assertThat(insert("{'json':{'a':'x','b':'y'}}")).doesNotContain("rror");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> append(standing(), NOTHING, "a"))
                .withMessageContaining("does not support default values that differ");
        append(standing(), NOTHING, "a", "b");
        assertThat(server.column("SELECT COUNT(*) FROM house.t")).containsExactly("3");
    }

    @Test
    void rowsAreInThePartitionOfTheirArrival() throws Exception {
        query("DROP TABLE house.t");
        query("CREATE TABLE house.t (a STRING, b STRING) PARTITION BY _PARTITIONDATE");
        append(standing(), NOTHING, "a", "b");
        WriteStream stream = storage.create("t", WriteStream.Type.PENDING);
        append(stream.getName(), NOTHING, "a", "b");
        commit(stream);
        WriteStream buffered = storage.create("t", WriteStream.Type.BUFFERED);
        append(buffered.getName(), NOTHING, "a", "b");
        storage.flush(buffered, 1);

        assertThat(server.column("SELECT COUNT(*) FROM house.t WHERE _PARTITIONTIME IN (TIMESTAMP(CURRENT_DATE()),"
                        + " TIMESTAMP(DATE_SUB(CURRENT_DATE(), INTERVAL 1 DAY)))"))
                .containsExactly("6");
    }
}
