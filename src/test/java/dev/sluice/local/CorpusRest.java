package dev.sluice.local;

import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded cases that need calls besides statements, or settings of a job that only REST has. */
final class CorpusRest {

    private static final String PRINCIPAL = "user:" + Resources.OWNER;
    private static final String OTHER = "user:somebody@else.invalid";

    private final LocalServer server;
    private final JsonMapper json;

    CorpusRest(LocalServer server, JsonMapper json) {
        this.server = server;
        this.json = json;
    }

    /** @throws ApiError if a call or the query fails */
    Warehouse.Result run(Path folder, String dataset, JsonNode settings) throws IOException, InterruptedException {
        call("POST", "/datasets", "{\"datasetReference\":{\"datasetId\":\"%s\"}}".formatted(dataset));
        if (Files.exists(folder.resolve("setup.sql"))) {
            query(text(folder.resolve("setup.sql"), dataset), Map.of());
        }
        if (Files.exists(folder.resolve("setup_rest.json"))) {
            for (JsonNode call : json.readTree(text(folder.resolve("setup_rest.json"), dataset))) {
                String path = call.path("path").asString().replace("/bigquery/v2/projects/" + LocalServer.PROJECT, "");
                call(call.path("method").asString(), path, call.path("body").toString());
            }
        }
        return result(query(text(folder.resolve("query.sql"), dataset), settings(settings, dataset)));
    }

    private static String text(Path file, String dataset) throws IOException {
        String text = Files.readString(file);
        if (text.contains("${GROUP}")) {
            throw ApiError.unsupported("groups of users");
        }
        return text.replace("${DATASET}", LocalServer.PROJECT + "." + dataset)
                .replace("${DATASET_ID}", dataset)
                .replace("${PROJECT}", LocalServer.PROJECT)
                .replace("${PRINCIPAL}", PRINCIPAL)
                .replace("${OTHER_PRINCIPAL}", OTHER);
    }

    private static Map<String, Object> settings(JsonNode settings, String dataset) {
        Map<String, Object> request = new LinkedHashMap<>();
        settings.properties().forEach(each -> {
            switch (each.getKey()) {
                case "default_dataset" -> request.put("defaultDataset", Map.of("datasetId", dataset));
                case "dry_run" -> request.put("dryRun", each.getValue().asBoolean());
                case "use_query_cache" ->
                    request.put("useQueryCache", each.getValue().asBoolean());
                case "maximum_bytes_billed" ->
                    request.put("maximumBytesBilled", each.getValue().asString());
                default -> throw ApiError.unsupported(each.getKey() + " of a job");
            }
        });
        return request;
    }

    private JsonNode query(String sql, Map<String, Object> settings) throws IOException, InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>(settings);
        request.put("query", sql);
        request.put("useLegacySql", false);
        return call("POST", "/queries", json.writeValueAsString(request));
    }

    private JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = server.request("/bigquery/v2/projects/" + LocalServer.PROJECT + path);
        HttpResponse<String> answer = server.send(request.method(method, LocalServer.text(body)));
        JsonNode read = json.readTree(answer.body());
        if (answer.statusCode() >= 300) {
            JsonNode error = read.path("error");
            throw new ApiError(
                    answer.statusCode(),
                    error.path("errors").path(0).path("reason").asString("unknown"),
                    error.path("message").asString());
        }
        return read;
    }

    private static Warehouse.Result result(JsonNode answer) {
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        answer.path("schema").path("fields").forEach(field -> {
            names.add(field.path("name").asString());
            types.add(CorpusCase.duckDb(field));
        });
        List<List<@Nullable Object>> rows = new ArrayList<>();
        answer.path("rows").forEach(row -> {
            List<@Nullable Object> values = new ArrayList<>();
            row.path("f")
                    .forEach(cell -> values.add(
                            cell.path("v").isNull() ? null : cell.path("v").asString()));
            rows.add(values);
        });
        var statistics = new JobStatistics()
                .setQuery(new JobStatistics2()
                        .setTotalBytesProcessed(
                                answer.path("totalBytesProcessed").asLong())
                        .setTotalBytesBilled(answer.path("totalBytesBilled").asLong()));
        return new Warehouse.Result(names, types, rows, statistics);
    }
}
