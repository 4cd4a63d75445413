package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonExtractTests {

    @TempDir
    private Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder);
        server.client().create(DatasetInfo.of("house"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void symbolsOfMarkupAreWrittenInUnicodeNotationAndReadBack() throws Exception {
        server.client()
                .query(
                        QueryJobConfiguration.of(
                                "CREATE TABLE house.events AS SELECT '<profit&loss>\\\\' AS s, JSON '{\"<\":[1]}' AS j, 7 AS i"));
        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"out"},"configuration":{"extract":{"sourceTable":{"projectId":"sluice-local",
                "datasetId":"house","tableId":"events"},"destinationUris":["gs://things/a"],
                "destinationFormat":"NEWLINE_DELIMITED_JSON"}}}""");
        assertThat(server.end("out")).doesNotContain("errorResult");

        assertThat(Files.readString(server.object("things/a")))
                .isEqualTo("{\"s\":\"\\u003cprofit\\u0026loss\\u003e\\\\\",\"j\":{\"\\u003c\":[1]},\"i\":\"7\"}\n");
        server.load("\"sourceUris\":[\"gs://things/a\"],\"sourceFormat\":\"NEWLINE_DELIMITED_JSON\"");
        assertThat(server.column("SELECT CONCAT(s, TO_JSON_STRING(j), CAST(i AS STRING)) FROM house.events GROUP BY 1"))
                .containsExactly("<profit&loss>\\{\"<\":[1]}7");
    }
}
