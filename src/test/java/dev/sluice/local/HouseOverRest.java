package dev.sluice.local;

import com.google.cloud.bigquery.DatasetInfo;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share a server with a dataset {@code house}, which has no table {@code t} before each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HouseOverRest {

    static final String TABLES = "/datasets/house/tables";
    static final String T = TABLES + "/t";

    LocalServer server;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        server = LocalServer.open(folder);
        server.client().create(DatasetInfo.of("house"));
    }

    @AfterAll
    void close() {
        server.close();
    }

    @BeforeEach
    void dropTable() throws Exception {
        server.send("DELETE", T, "");
    }

    /** @param body with ' for " */
    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return server.send(method, path, body.replace('\'', '"'));
    }

    /** Makes {@code t}. */
    HttpResponse<String> table(String members) throws Exception {
        return send("POST", TABLES, "{'tableReference':{'tableId':'t'},%s}".formatted(members));
    }
}
