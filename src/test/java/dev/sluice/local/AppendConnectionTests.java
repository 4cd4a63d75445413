package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.Int64Value;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one AppendRows connection is answered, request by request. The words are those that the integration tests and issues
 * of Google's clients tell of the service.
 */
class AppendConnectionTests {

    private static final int LIMIT = 20 << 20;

    @TempDir
    private static Path folder;

    private static LocalServer server;
    private static RawAppends raw;

    @BeforeAll
    static void open() throws IOException {
        server = LocalServer.openForWrites(folder);
        server.people();
        raw = RawAppends.of(server);
    }

    @AfterAll
    static void close() {
        raw.close();
        server.close();
    }

    private static DescriptorProto single(Type type) {
        return RowMessages.message(RowMessages.field("x", 1, type));
    }

    private static ByteString number(long value) {
        return UnknownFieldSet.newBuilder()
                .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(value).build())
                .build()
                .toByteString();
    }

    private static ByteString bytes(ByteString value) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(value)
                                .build())
                .build()
                .toByteString();
    }

    private static ByteString text(String value) {
        return bytes(ByteString.copyFrom(value, StandardCharsets.UTF_8));
    }

    private static AppendRowsRequest rows(ByteString... rows) {
        var data = AppendRowsRequest.ProtoData.newBuilder()
                .setRows(ProtoRows.newBuilder().addAllSerializedRows(List.of(rows)));
        return AppendRowsRequest.newBuilder().setProtoRows(data).build();
    }

    private static AppendRowsRequest first(String table, DescriptorProto type, ByteString... rows) {
        var request = rows(rows).toBuilder().setWriteStream(stream(table));
        request.getProtoRowsBuilder().setWriterSchema(ProtoSchema.newBuilder().setProtoDescriptor(type));
        return request.build();
    }

    private static String stream(String table) {
        return StorageClient.table(table) + "/streams/_default";
    }

    private static void create(String table, String columns) throws InterruptedException {
        server.query("CREATE TABLE house.%s (%s)".formatted(table, columns), settings -> settings);
    }

    private static List<String> stored(String table) throws InterruptedException {
        return server.column("SELECT CAST(x AS STRING) FROM house.%s ORDER BY 1".formatted(table));
    }

    @Test
    void aRequestWithoutRowsIsAnErrorOfItsOwn() throws Exception {
        create("without_rows", "x INT64");
        var answers = raw.append(first("without_rows", single(Type.TYPE_INT64)), rows(number(7)));

        assertThat(answers.error(0).getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(answers.error(0).getMessage()).startsWith("Rows must be specified.");
        assertThat(answers.all().get(1).hasAppendResult()).isTrue();
        assertThat(answers.end()).isNull();
        assertThat(stored("without_rows")).containsExactly("7");
    }

    @Test
    void aRequestThatIsTooLargeIsToldSoAndIsTheLast() throws Exception {
        create("too_large", "x BYTES");
        AppendRowsRequest large =
                first("too_large", single(Type.TYPE_BYTES), bytes(ByteString.copyFrom(new byte[LIMIT])));
        var answers = raw.append(large, rows(bytes(ByteString.EMPTY)));

        assertThat(answers.error(0).getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(answers.error(0).getMessage())
                .isEqualTo("AppendRows request too large: %d limit %d Entity: %s"
                        .formatted(large.getSerializedSize(), LIMIT, stream("too_large")));
        assertThat(answers.all()).hasSize(1);
        assertThat(stored("too_large")).isEmpty();
    }

    @Test
    void errorsOfRowsNameTheirFields() throws Exception {
        create("row_errors", "x STRING(10)");
        create("row_times", "x TIMESTAMP");
        var texts = raw.append(first("row_errors", single(Type.TYPE_STRING), text("aaabbbcccddd"), text("b")));
        var times = raw.append(first("row_times", single(Type.TYPE_INT64), number(0), number(Long.MIN_VALUE)));

        assertThat(texts.all().get(0).getRowErrorsList())
                .containsExactly(RowError.newBuilder()
                        .setIndex(0)
                        .setCode(RowError.RowErrorCode.FIELDS_ERROR)
                        .setMessage(
                                "Field x: STRING(10) has maximum length 10 but got a value with length 12 on field x.")
                        .build());
        assertThat(times.all().get(0).getRowErrors(0).getMessage())
                .isEqualTo("Timestamp field value is out of range: -9223372036854775808 on field x.");
        assertThat(times.all().get(0).getRowErrors(0).getIndex()).isEqualTo(1);
        DescriptorProto googles = RowMessages.message(RowMessages.field("x", 1, Type.TYPE_MESSAGE).toBuilder()
                .setTypeName(".google.protobuf.Timestamp")
                .build());
        assertThat(raw.append(first("row_times", googles, bytes(number(Long.MIN_VALUE))))
                        .all()
                        .get(0)
                        .getRowErrors(0)
                        .getMessage())
                .isEqualTo("Timestamp field value is out of range: -9223372036854775808 on field x.");
        assertThat(texts.end()).isNull();
    }

    @Test
    void textsThatAreNoUtf8AreRefused() throws Exception {
        create("no_utf8", "x STRING");
        var answers = raw.append(first(
                "no_utf8", single(Type.TYPE_STRING), bytes(ByteString.copyFrom(new byte[] {'a', (byte) 0xff}))));

        assertThat(answers.all().get(0).getRowErrorsCount()).isEqualTo(1);
        assertThat(stored("no_utf8")).isEmpty();
    }

    @Test
    void aMismatchNamesTheFieldOfTheMessage() throws Exception {
        create("mismatch", "x INT64");
        var answers = raw.append(first("mismatch", single(Type.TYPE_STRING), text("1")));

        assertThat(answers.endMessage())
                .isEqualTo(
                        "The proto field mismatched with BigQuery field at Row.x, the proto field type string, BigQuery"
                                + " field type INTEGER Entity: " + stream("mismatch"));
    }

    @Test
    void fieldsThatTheTableLacksAreToldTwice() throws Exception {
        create("extra", "x INT64");
        var answers = raw.append(first(
                "extra",
                RowMessages.message(
                        RowMessages.field("x", 1, Type.TYPE_INT64), RowMessages.field("email", 2, Type.TYPE_STRING)),
                number(1)));

        assertThat(answers.endMessage())
                .isEqualTo("Input schema has more fields than BigQuery schema, extra fields: 'email' Entity: "
                        + stream("extra"));
        var detail = RawAppends.detail(answers.end()).orElseThrow();
        assertThat(detail.getCode()).isEqualTo(StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS);
        assertThat(detail.getErrorMessage()).isEqualTo("Schema mismatch due to extra fields in user schema");
        assertThat(detail.getEntity()).isEqualTo(stream("extra"));
    }

    @Test
    void changeDataCaptureIsRefusedAloud() throws Exception {
        create("captured", "x INT64");
        var answers = raw.append(first(
                "captured",
                RowMessages.message(
                        RowMessages.field("x", 1, Type.TYPE_INT64),
                        RowMessages.field("_change_type", 2, Type.TYPE_STRING)),
                number(1)));

        assertThat(answers.endMessage()).startsWith("The local BigQuery does not support change data capture");
        assertThat(stored("captured")).isEmpty();
    }

    @Test
    void typesThatAreNotBroughtAlongAreTold() throws Exception {
        create("undefined", "x STRUCT<y INT64>");
        FieldDescriptorProto composer = RowMessages.field("x", 1, Type.TYPE_MESSAGE).toBuilder()
                .setTypeName(".Composer")
                .build();
        FieldDescriptorProto optional = RowMessages.field("x", 1, Type.TYPE_INT64).toBuilder()
                .setProto3Optional(true)
                .build();

        assertThat(raw.append(first("undefined", RowMessages.message(composer), number(1)))
                        .endMessage())
                .isEqualTo("Invalid proto schema: BqMessage.proto: Row.x: \".Composer\" is not defined. Entity: "
                        + stream("undefined"));
        assertThat(raw.append(first("undefined", RowMessages.message(optional), number(1)))
                        .endMessage())
                .startsWith("Invalid proto schema: BqMessage.proto: Row.x: The [proto3_optional=true] option");
    }

    @Test
    void aConnectionMayGoOnToAnotherDefaultStream() throws Exception {
        create("one", "x INT64");
        create("two", "x STRING");
        var answers = raw.append(
                first("one", single(Type.TYPE_INT64), number(1)),
                rows(number(2)),
                first("two", single(Type.TYPE_STRING), text("a")),
                rows(text("b")).toBuilder().setWriteStream(stream("two")).build(),
                rows(text("c")).toBuilder().setWriteStream(stream("one")).build());

        assertThat(answers.all()).hasSize(4).allMatch(answer -> answer.hasAppendResult());
        assertThat(answers.all().get(1).getWriteStream()).isEqualTo(stream("one"));
        assertThat(answers.all().get(3).getWriteStream()).isEqualTo(stream("two"));
        assertThat(answers.endMessage()).contains("writer schema");
        assertThat(stored("one")).containsExactly("1", "2");
        assertThat(stored("two")).containsExactly("a", "b");
    }

    @Test
    void anOffsetIsNoneOfADefaultStream() throws Exception {
        create("no_offset", "x INT64");
        var answers = raw.append(
                first("no_offset", single(Type.TYPE_INT64), number(1)).toBuilder()
                        .setOffset(Int64Value.of(0))
                        .build(),
                rows(number(2)));

        assertThat(answers.error(0).getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(stored("no_offset")).containsExactly("2");
    }

    @Test
    void aMissingValueMeansWhatIsSaidOfItsColumnInWhateverCase() throws Exception {
        create("missing_values", "x STRING DEFAULT 'd', y STRING DEFAULT 'e'");
        DescriptorProto type = RowMessages.message(
                RowMessages.field("x", 1, Type.TYPE_STRING), RowMessages.field("y", 2, Type.TYPE_STRING));
        AppendRowsRequest defaults = first("missing_values", type, ByteString.EMPTY).toBuilder()
                .setDefaultMissingValueInterpretation(MissingValueInterpretation.DEFAULT_VALUE)
                .putMissingValueInterpretations("Y", MissingValueInterpretation.NULL_VALUE)
                .build();
        raw.append(defaults, rows(ByteString.EMPTY));

        assertThat(server.column("SELECT CONCAT(x, IFNULL(y, '-')) FROM house.missing_values ORDER BY 1"))
                .containsExactly("d-", "de");
    }

    @Test
    void aTableThatIsNotThereIsHiddenLikeOthersOfStrangers() throws Exception {
        var answers = raw.append(first("nobody", single(Type.TYPE_INT64), number(1)));

        assertThat(answers.end()).isNotNull();
        assertThat(answers.end().getCode()).isEqualTo(Code.PERMISSION_DENIED_VALUE);
        assertThat(answers.endMessage())
                .isEqualTo("Permission 'TABLES_UPDATE_DATA' denied on resource '%s' (or it may not exist)."
                        .formatted(StorageClient.table("nobody")));
    }

    @Test
    void partitionsAreRefusedAsDestinations() throws Exception {
        server.query("CREATE TABLE house.days (x INT64, d DATE) PARTITION BY d", settings -> settings);
        var answers = raw.append(first("days$20260101", single(Type.TYPE_INT64), number(1)));

        assertThat(answers.endMessage()).startsWith("The local BigQuery does not support ");
    }
}
