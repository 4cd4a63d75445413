package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is a job that fails and says why, as BigQuery has it. */
@Timeout(60)
class UnreadableStatementTests {

    @TempDir
    private Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a",
                "CREATE 'a",
                "SELECT 1 FROM",
                "DECLARE r INT64; EXECUTE IMMEDIATE 'SELECT 1' INTO r USING r AS a, 1",
                "DELETE FROM"
            })
    void isAJobThatSaysWhy(String sql) throws Exception {
        server.send("POST", "/jobs", """
                        {"jobReference":{"jobId":"one"},
                        "configuration":{"query":{"query":"%s","useLegacySql":false}}}""".formatted(sql));

        assertThat(server.end("one")).contains("\"reason\":\"invalidQuery\"");
        assertThat(server.send("POST", "/queries", "{\"query\":\"%s\",\"useLegacySql\":false}".formatted(sql))
                        .statusCode())
                .isEqualTo(400);
        server.reopen();
        assertThat(server.query("SELECT 1", UnaryOperator.identity()).isDone()).isTrue();
    }
}
