package dev.sluice.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What a {@link Rehearsal} calls: what most clients call. Each call blocks until it is answered, for a few seconds at most. */
final class RehearsalCalls {

    /** After so many queries comes one of all else. */
    private static final int QUERIES = 20;

    private static final int TIMEOUT_MILLIS = 5000;
    private static final String TABLE = "/datasets/rehearsal/tables/calls";

    private final String project;
    private final String token;

    RehearsalCalls(String url, String token, String projectId) {
        this.project = url + "/bigquery/v2/projects/" + projectId;
        this.token = token;
    }

    /** @throws IOException if a call fails, as of all below */
    void prepare() throws IOException {
        post("/datasets", "{\"datasetReference\":{\"datasetId\":\"rehearsal\"}}");
        query("CREATE TABLE rehearsal.calls (id INT64, name STRING, moment TIMESTAMP)");
    }

    /** @param number of rounds before */
    void round(int number) throws IOException {
        query("SELECT 1 AS one");
        if (number % QUERIES == 0) {
            query("INSERT INTO rehearsal.calls VALUES (%d, 'dml', CURRENT_TIMESTAMP())".formatted(number));
            post(TABLE + "/insertAll", "{\"rows\":[{\"json\":{\"id\":%d,\"name\":\"streamed\"}}]}".formatted(number));
            query("SELECT name, COUNT(*) AS calls FROM rehearsal.calls WHERE id >= 0 GROUP BY name ORDER BY calls");
            get(TABLE);
            get(TABLE + "/data");
        }
    }

    private void query(String sql) throws IOException {
        post("/queries", "{\"query\":\"%s\",\"useLegacySql\":false,\"useQueryCache\":false}".formatted(sql));
    }

    private void post(String path, String body) throws IOException {
        HttpURLConnection call = call(path);
        call.setDoOutput(true);
        try (OutputStream out = call.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        readAnswer(call);
    }

    private void get(String path) throws IOException {
        readAnswer(call(path));
    }

    private HttpURLConnection call(String path) throws IOException {
        var call = (HttpURLConnection) URI.create(project + path).toURL().openConnection();
        call.setConnectTimeout(TIMEOUT_MILLIS);
        call.setReadTimeout(TIMEOUT_MILLIS);
        call.setRequestProperty("Authorization", "Bearer " + token);
        return call;
    }

    private static void readAnswer(HttpURLConnection call) throws IOException {
        try (InputStream answer = call.getInputStream()) {
            answer.transferTo(OutputStream.nullOutputStream());
        }
    }
}
