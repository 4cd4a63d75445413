package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the integration tests of Google's Java client ask of columns: names that no member can have, defaults, new ones. */
class StorageWriteSchemaTests {

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

    private static void create(String table, Field... fields) {
        server.client().create(TableInfo.of(TableId.of("house", table), StandardTableDefinition.of(Schema.of(fields))));
    }

    @Test
    void columnsMayHaveNamesThatNoMemberCanHave() throws Exception {
        create(
                "flexible",
                Field.of("test-str列", StandardSQLTypeName.STRING),
                Field.of("nested-列", StandardSQLTypeName.STRUCT, Field.of("in ner", StandardSQLTypeName.INT64)));
        WriteStream stream = storage.create("flexible", WriteStream.Type.COMMITTED);
        try (JsonStreamWriter writer = storage.writer(stream.getName())) {
            StorageClient.append(
                    writer, 0, "{\"test-str列\":\"aaa\",\"nested-列\":{\"in ner\":7}}", "{\"test-str列\":\"b\"}");
        }

        assertThat(server.rows("flexible")).containsExactly("{f=[{v=aaa}, {v={f=[{v=7}]}}]}", "{f=[{v=b}, {v=null}]}");
    }

    @Test
    void defaultsHoldOnWhenAColumnIsAdded() throws Exception {
        server.query(
                "CREATE TABLE house.defaults (foo STRING DEFAULT 'd', bar STRING, moment TIMESTAMP DEFAULT CURRENT_TIMESTAMP())",
                settings -> settings);
        WriteStream stream = storage.create("defaults", WriteStream.Type.COMMITTED);
        var missing = Map.of(
                "foo", MissingValueInterpretation.DEFAULT_VALUE, "moment", MissingValueInterpretation.DEFAULT_VALUE);
        try (JsonStreamWriter writer = storage.writer(stream.getName(), missing)) {
            StorageClient.append(writer, 0, "{\"bar\":\"1\"}");
            server.client().query(QueryJobConfiguration.of("ALTER TABLE house.defaults ADD COLUMN more STRING"));
            assertThat(StorageClient.append(writer, 1, "{\"bar\":\"2\"}").hasUpdatedSchema())
                    .isTrue();
            assertThat(StorageClient.append(writer, 2, "{\"bar\":\"3\"}").hasUpdatedSchema())
                    .isFalse();
        }
        try (JsonStreamWriter writer = storage.writer(stream.getName(), missing)) {
            StorageClient.append(writer, 3, "{\"bar\":\"4\",\"more\":\"m\",\"moment\":\"2022-02-02 01:02:03\"}");
        }

        assertThat(
                        server.column(
                                "SELECT CONCAT(foo, bar, IFNULL(more, '-'), CAST(moment >"
                                        + " TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR) AS STRING)) FROM house.defaults ORDER BY bar"))
                .containsExactly("d1-true", "d2-true", "d3-true", "d4mfalse");
    }
}
