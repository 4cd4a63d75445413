package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables may have names that need quoting, datasets may not. */
@Timeout(60)
class NamesTests {

    @TempDir
    private Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder);
        server.query("CREATE SCHEMA house", UnaryOperator.identity());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-figures", "un bel été", "表", "a‿b"})
    void tablesMayBeCalled(String name) throws Exception {
        server.query("CREATE TABLE `house.%s` AS SELECT 7 AS n".formatted(name), UnaryOperator.identity());

        assertThat(server.column("SELECT n FROM `sluice-local.house.%s`".formatted(name)))
                .containsExactly("7");
        Table table = server.client().getTable(TableId.of("house", name));
        assertThat(table.getNumRows()).isEqualTo(1);
        assertThat(table.delete()).isTrue();
    }

    @Test
    void aProjectNeedsNoQuotes() throws Exception {
        server.query("CREATE TABLE sluice-local.house.t AS SELECT 7 AS n", UnaryOperator.identity());
        server.query("INSERT INTO sluice-local.house.t VALUES (8)", UnaryOperator.identity());
        server.query("UPDATE sluice-local.house.`t` SET n = n-1 WHERE n-1.=7", UnaryOperator.identity());

        assertThat(server.column("SELECT DISTINCT t.n-1. FROM sluice-local.house.t, `sluice-local`.house.t AS u"))
                .containsExactly("6.0");
        assertThat(server.column("SELECT table_name FROM sluice-local.house.INFORMATION_SCHEMA.TABLES"))
                .containsExactly("t");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sluice - local.house.t     | Syntax error
            sluice- local.house.t      | Syntax error
            `sluice`-local.house.t     | Syntax error
            house.t-1                  | Syntax error
            select-local.house.t       | Syntax error
            other-project-12.house.t   | other-project-12
            other-12.`house`.t         | other-12
            other-3b.house.t           | other-3b
            o-1e5x-4-7c_d.house.t      | o-1e5x-4-7c_d
            other-3b                   | Missing whitespace
            house.t WHERE n-3b > 0     | Missing whitespace
            """)
    void aProjectIsOneWord(String table, String message) {
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.column("SELECT n FROM " + table))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a.b", "a'b", "a\\\"b", "a\\nb"})
    void tablesMayNotBeCalled(String name) throws Exception {
        assertThat(create(name)).contains("Invalid table ID");
    }

    @Test
    void aNameHas1024BytesAtMost() throws Exception {
        assertThat(create("é".repeat(512))).doesNotContain("Invalid");
        assertThat(create("é".repeat(512) + "x")).contains("Invalid table ID");
    }

    private String create(String name) throws Exception {
        return server.send("POST", "/datasets/house/tables", """
                        {"tableReference":{"tableId":"%s"},"schema":{"fields":[{"name":"n","type":"INTEGER"}]}}""".formatted(name))
                .body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-house", "my house", "été"})
    void datasetsMayNotBeCalled(String name) {
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.query("CREATE SCHEMA `%s`".formatted(name), UnaryOperator.identity()))
                .withMessageContaining("Invalid dataset ID");
    }
}
