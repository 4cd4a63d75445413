package dev.sluice.local;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One recorded exchange of the corpus: what comes before it, and the request itself. */
final class RecordedExchange {

    private static final int OK = 200;

    private final JsonMapper json = new JsonMapper();
    private final LocalServer server;
    private final Path folder;
    private final Map<String, String> values = new HashMap<>();

    RecordedExchange(LocalServer server, Path folder) {
        this.server = server;
        this.folder = folder;
        String dataset = "ds_" + folder.getFileName();
        values.put("PROJECT", LocalServer.PROJECT);
        values.put("DATASET_ID", dataset);
        values.put("DATASET", LocalServer.PROJECT + "." + dataset);
        values.put("GCS_BUCKET", "test-webhook-bucket/bqemu-conformance");
    }

    record Answer(int status, HttpHeaders headers, String text) {

        JsonNode body() {
            return text.isEmpty() ? new JsonMapper().createObjectNode() : new JsonMapper().readTree(text);
        }
    }

    boolean isComplete() throws IOException {
        for (String file : List.of("request.json", "setup_requests.json")) {
            if (Files.exists(folder.resolve(file))) {
                for (JsonNode body :
                        json.readTree(Files.readString(folder.resolve(file))).findValues("body_bin")) {
                    if (!Files.exists(folder.resolve(body.asString()))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    Answer play() throws IOException, InterruptedException {
        server.send(
                "POST",
                "/datasets",
                "{\"datasetReference\":{\"datasetId\":\"%s\"}}".formatted(values.get("DATASET_ID")));
        if (Files.exists(folder.resolve("setup.sql"))) {
            for (String sql : Files.readString(folder.resolve("setup.sql")).split(";\\s*(\\n|$)")) {
                Answer answer = query(filled(sql));
                if (answer.status() != OK) {
                    return answer;
                }
            }
        }
        if (Files.exists(folder.resolve("setup_requests.json"))) {
            for (JsonNode request : json.readTree(Files.readString(folder.resolve("setup_requests.json")))) {
                Answer answer = send(request);
                capture(request, answer);
            }
        }
        return send(json.readTree(Files.readString(folder.resolve("request.json"))));
    }

    private Answer query(String sql) throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of("query", sql.isBlank() ? "SELECT 1" : sql, "useLegacySql", false));
        HttpResponse<String> answer = server.send("POST", "/queries", body);
        return new Answer(answer.statusCode(), answer.headers(), answer.body());
    }

    private void capture(JsonNode request, Answer answer) throws IOException, InterruptedException {
        for (Map.Entry<String, JsonNode> capture : request.path("capture").properties()) {
            String from = capture.getValue().asString();
            String value = from.startsWith("header:")
                    ? answer.headers().firstValue(from.substring(7)).orElseThrow()
                    : answer.body().at("/" + from.replace('.', '/')).asString();
            values.put(capture.getKey(), value);
        }
        if (answer.body().path("kind").asString("").equals("bigquery#job")) {
            server.end(answer.body().path("jobReference").path("jobId").asString());
        }
        if (request.has("await_job")) {
            server.end(values.get(request.path("await_job").asString()));
        }
    }

    private Answer send(JsonNode request) throws IOException, InterruptedException {
        var builder = server.request(filled(request.path("path").asString()));
        request.path("headers")
                .properties()
                .forEach(header ->
                        builder.header(header.getKey(), header.getValue().asString()));
        HttpResponse<String> answer =
                server.send(builder.method(request.path("method").asString(), body(request)));
        return new Answer(answer.statusCode(), answer.headers(), answer.body());
    }

    private BodyPublisher body(JsonNode request) throws IOException {
        if (request.has("body_bin")) {
            return BodyPublishers.ofFile(folder.resolve(request.path("body_bin").asString()));
        }
        return LocalServer.text(
                request.has("body") ? filled(request.path("body").toString()) : "");
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
