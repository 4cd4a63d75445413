package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as messages have them, of every type that BigQuery's page of supported types names for a column. */
class StorageWriteValueTests {

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

    private static ByteString row(DescriptorProto type, Object value) throws Exception {
        Descriptor built = FileDescriptor.buildFrom(
                        FileDescriptorProto.newBuilder().addMessageType(type).build(), new FileDescriptor[0])
                .getMessageTypes()
                .get(0);
        return DynamicMessage.newBuilder(built)
                .setField(built.getFields().get(0), value)
                .build()
                .toByteString();
    }

    /** Appends one value to a new table of one column. */
    private static AppendRowsResponse append(String column, Type type, Object value) throws Exception {
        server.query("CREATE OR REPLACE TABLE house.single (x %s)".formatted(column), settings -> settings);
        DescriptorProto message = RowMessages.message(RowMessages.field("x", 1, type));
        try (StreamWriter writer = storage.rawWriter(StorageClient.table("single"), message)) {
            return StorageClient.appendRaw(writer, row(message, value));
        }
    }

    private static String stored() throws InterruptedException {
        return server.column("SELECT CAST(x AS STRING) FROM house.single").get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, 2024-2-9, 2024-02-09",
        "DATETIME, 2024-1-2 3:4:5, 2024-01-02 03:04:05",
        "DATETIME, 2024-01-02t03:04:05.678, 2024-01-02 03:04:05.678",
        "DATETIME, 2024-01-02, 2024-01-02 00:00:00",
        "TIME, 3:4:5.000001, 03:04:05.000001",
        "TIMESTAMP, 2022-02-02 01:02:03, 2022-02-02 01:02:03+00",
        "TIMESTAMP, 2022-02-06T07:24:47.84Z, 2022-02-06 07:24:47.840+00",
        "TIMESTAMP, 2022-02-06T07:24:47.840001+02:00, 2022-02-06 05:24:47.840001+00",
        "NUMERIC, 1e2, 100",
        "BIGNUMERIC, -1.00000000000000000000000000000000000001, -1.00000000000000000000000000000000000001",
    })
    void aTextIsReadAsALiteralOfItsColumn(String column, String text, String value) throws Exception {
        append(column, Type.TYPE_STRING, text);

        assertThat(stored()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, 2024-02-30",
        "DATETIME, 2024-01-02 03:04",
        "DATETIME, 2024-01-02 03:04:05Z",
        "DATETIME, 2024-01-02 03:04:05.1234567",
        "TIME, 03:04",
        "TIMESTAMP, 2022-02-30 00:00:00",
        "TIMESTAMP, 1644132287",
        "TIME, 03:04:05.1234567",
        "NUMERIC, 1.1234567891",
        "BIGNUMERIC, 1e40",
        "JSON, ''",
    })
    void whatIsNoLiteralIsAnErrorOfItsRow(String column, String text) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> append(column, Type.TYPE_STRING, text))
                .withCauseInstanceOf(Exceptions.AppendSerializationError.class);
    }

    @Test
    void floatingPointNumbersAreRoundedToTheDigitsOfTheirColumn() throws Exception {
        append("NUMERIC", Type.TYPE_DOUBLE, 2.0 / 3);
        assertThat(stored()).isEqualTo("0.666666667");

        append("NUMERIC", Type.TYPE_FLOAT, 1.1f);
        assertThat(stored()).isEqualTo("1.100000024");

        append("BIGNUMERIC", Type.TYPE_DOUBLE, 0.1);
        assertThat(stored()).isEqualTo("0.10000000000000000555111512312578270212");
    }

    @Test
    void bignumericTakesBytesAndWholeNumbers() throws Exception {
        var number = new BigDecimal("-123456789012345678901234567890.5");
        append("BIGNUMERIC", Type.TYPE_BYTES, BigDecimalByteStringEncoder.encodeToBigNumericByteString(number));
        assertThat(stored()).isEqualTo(number.toPlainString());

        append("BIGNUMERIC", Type.TYPE_UINT64, -1L);
        assertThat(stored()).isEqualTo("18446744073709551615");
    }

    @Test
    void allFieldsThatTheTableLacksAreTold() throws Exception {
        server.query("CREATE TABLE house.nested (id INT64, place STRUCT<x INT64>)", settings -> settings);
        DescriptorProto place = RowMessages.message(
                        RowMessages.field("x", 1, Type.TYPE_INT64), RowMessages.field("y", 2, Type.TYPE_INT64))
                .toBuilder()
                .setName("Place")
                .build();
        DescriptorProto more = RowMessages.message(
                        RowMessages.field("id", 1, Type.TYPE_INT64),
                        RowMessages.field("shoe_size", 2, Type.TYPE_INT64),
                        RowMessages.field("place", 3, Type.TYPE_MESSAGE).toBuilder()
                                .setTypeName("Place")
                                .build())
                .toBuilder()
                .addNestedType(place)
                .build();
        try (StreamWriter writer = storage.rawWriter(StorageClient.table("nested"), more)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> StorageClient.appendRaw(writer, row(more, 1L)))
                    .havingCause()
                    .isInstanceOf(Exceptions.SchemaMismatchedException.class)
                    .withMessageContaining(
                            "Input schema has more fields than BigQuery schema, extra fields: 'shoe_size,place.y'");
        }
    }

    @Test
    void anAnswerNamesItsStreamAsTheRequestDid() throws Exception {
        server.query("CREATE TABLE house.named (x INT64)", settings -> settings);
        DescriptorProto message = RowMessages.message(RowMessages.field("x", 1, Type.TYPE_INT64));
        String name = StorageClient.table("named") + "/_default";
        try (StreamWriter writer = storage.rawWriterOf(name, message)) {
            assertThat(StorageClient.appendRaw(writer, row(message, 1L)).getWriteStream())
                    .isEqualTo(name);
        }
    }

    @Test
    void aMissingValueMustMeanSomething() throws Exception {
        server.query("CREATE TABLE house.missing (x INT64)", settings -> settings);
        DescriptorProto message = RowMessages.message(RowMessages.field("x", 1, Type.TYPE_INT64));
        var missing = Map.of("x", MissingValueInterpretation.MISSING_VALUE_INTERPRETATION_UNSPECIFIED);
        String name = StorageClient.table("missing") + "/_default";
        try (StreamWriter writer = storage.rawWriterOf(name, message, missing)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> StorageClient.appendRaw(writer, row(message, 1L)))
                    .withMessageContaining("INVALID_ARGUMENT: Missing value interpretations must be specified.");
        }
    }
}
