package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views as resources. */
class ViewTests {

    private static final String TABLES = "/datasets/house/tables";

    @TempDir
    private Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder);
        server.populate(3);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> create(String members) throws Exception {
        return server.send("POST", TABLES, "{\"tableReference\":{\"tableId\":\"v\"},%s}".formatted(members));
    }

    private static String view(String query) {
        return "\"view\":{\"useLegacySql\":false,\"query\":\"%s\"}".formatted(query);
    }

    @Test
    void aViewHasTheColumnsOfItsQueryAndIsRead() throws Exception {
        assertThat(create(view("SELECT id, name FROM house.people WHERE id > 1"))
                        .statusCode())
                .isEqualTo(200);

        assertThat(server.send("GET", TABLES + "/v", "").body())
                .contains("\"type\":\"VIEW\"", "SELECT id, name FROM house.people WHERE id > 1");
        assertThat(server.schema("v")).isEqualTo("id INTEGER NULLABLE, name STRING NULLABLE");
        assertThat(server.column("SELECT id FROM house.v ORDER BY id")).containsExactly("2", "3");
    }

    @Test
    void aPatchGivesAnotherQueryAndItsColumns() throws Exception {
        create(view("SELECT id FROM house.people"));

        assertThat(server.send(
                                "PATCH",
                                TABLES + "/v",
                                "{\"description\":\"names\",%s}".formatted(view("SELECT name FROM house.people")))
                        .body())
                .contains("\"description\":\"names\"");

        assertThat(server.schema("v")).isEqualTo("name STRING NULLABLE");
        assertThat(server.column("SELECT DISTINCT name FROM house.v")).containsExactly("n");
    }

    @Test
    void whatIsNoViewOfOursIsRefused() throws Exception {
        assertThat(create(view("SELECT nothing FROM house.people")).body()).contains("\"reason\":\"invalidQuery\"");
        assertThat(create(view("DELETE FROM house.people WHERE TRUE")).body()).contains("must be a SELECT");
        assertThat(create("\"view\":{\"query\":\"SELECT 1\"}").body()).contains("\"reason\":\"notImplemented\"");
        assertThat(create("\"schema\":{\"fields\":[]}," + view("SELECT 1 AS one"))
                        .body())
                .contains("Schema field shouldn't be used as input with a view");
        assertThat(server.send("PATCH", TABLES + "/people", "{" + view("SELECT 1 AS one") + "}")
                        .body())
                .contains("Cannot change view of an existing table");
    }

    @Test
    void aViewHasNoPast() throws Exception {
        create(view("SELECT id FROM house.people"));

        assertThat(server.send(
                                "POST",
                                "/queries",
                                "{\"useLegacySql\":false,\"query\":\"SELECT * FROM house.v FOR SYSTEM_TIME AS OF"
                                        + " CURRENT_TIMESTAMP()\"}")
                        .body())
                .contains("\"reason\":\"notImplemented\"", "FOR SYSTEM_TIME AS OF with a view");
    }

    @Test
    void aViewIsDropped() throws Exception {
        create(view("SELECT id FROM house.people"));

        server.query("DROP VIEW house.v", UnaryOperator.identity());

        assertThat(server.send("GET", TABLES + "/v", "").statusCode()).isEqualTo(404);
    }
}
