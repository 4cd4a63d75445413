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

    /** As many as all loads together need until what looks through their files is compiled for good. */
    private static final int ROWS = 2500;

    private static final String ROW = """
            {"id":1,"name":"loaded","moment":"2026-01-01T00:00:00Z","details":{"n":1},"price":1.5,"day":"2026-01-01"}
            """;

    private final String project;
    private final String uploads;
    private final String token;

    RehearsalCalls(String url, String token, String projectId) {
        this.project = url + "/bigquery/v2/projects/" + projectId;
        this.uploads = url + "/upload/bigquery/v2/projects/" + projectId;
        this.token = token;
    }

    /** @throws IOException if a call fails, as of all below */
    void prepare() throws IOException {
        post("/datasets", "{\"datasetReference\":{\"datasetId\":\"rehearsal\"}}");
        query("CREATE TABLE rehearsal.calls (id INT64, name STRING, moment TIMESTAMP)");
        query(
                "CREATE TABLE rehearsal.loads (id INT64, name STRING, moment TIMESTAMP, details JSON, price FLOAT64, day DATE)");
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
            load(number);
        }
    }

    private void load(int number) throws IOException {
        String parts =
                "--parts%nContent-Type: application/json%n%n%s%n--parts%nContent-Type: text/plain%n%n%s%n--parts--"
                        .formatted(loading(number), ROW.repeat(ROWS));
        post(call(uploads + "/jobs?uploadType=multipart"), "multipart/related; boundary=parts", parts);
    }

    private static String loading(int number) {
        return """
                {"configuration":{"load":{"sourceFormat":"NEWLINE_DELIMITED_JSON","schema":{"fields":[
                {"name":"id","type":"INT64"},{"name":"name","type":"STRING"},{"name":"moment","type":"TIMESTAMP"},
                {"name":"details","type":"JSON"},{"name":"price","type":"FLOAT64"},{"name":"day","type":"DATE"}]},
                "destinationTable":{"datasetId":"rehearsal","tableId":"loads_%d"}}}}""".formatted(number);
    }

    private void query(String sql) throws IOException {
        post("/queries", "{\"query\":\"%s\",\"useLegacySql\":false,\"useQueryCache\":false}".formatted(sql));
    }

    private void post(String path, String body) throws IOException {
        post(call(project + path), "application/json", body);
    }

    private static void post(HttpURLConnection call, String type, String body) throws IOException {
        call.setDoOutput(true);
        call.setRequestProperty("Content-Type", type);
        try (OutputStream out = call.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        readAnswer(call);
    }

    private void get(String path) throws IOException {
        readAnswer(call(project + path));
    }

    private HttpURLConnection call(String url) throws IOException {
        var call = (HttpURLConnection) URI.create(url).toURL().openConnection();
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
