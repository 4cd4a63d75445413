package dev.sluice.local;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One case of recorded calls: what they are, and how our answers differ from BigQuery's. */
final class RecordedWriteCalls {

    private final JsonMapper json = new JsonMapper();
    private final LocalServer server;
    private final StorageClient storage;
    private final Path folder;
    private final Map<String, String> values = new HashMap<>();

    RecordedWriteCalls(LocalServer server, StorageClient storage, Path folder) {
        this.server = server;
        this.storage = storage;
        this.folder = folder;
        String dataset = "ds_" + folder.getFileName();
        values.put("PROJECT", LocalServer.PROJECT);
        values.put("DATASET_ID", dataset);
        values.put("DATASET", LocalServer.PROJECT + "." + dataset);
    }

    /** @return what is different */
    List<String> play() throws IOException, InterruptedException {
        server.send(
                "POST",
                "/datasets",
                "{\"datasetReference\":{\"datasetId\":\"%s\"}}".formatted(values.get("DATASET_ID")));
        server.query(filled(Files.readString(folder.resolve("setup.sql"))), settings -> settings);
        JsonNode calls = read("request.json").path("calls");
        JsonNode expected = read("expected_response.json").path("calls");
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            faults.addAll(play(calls.get(i), expected.get(i)));
        }
        return faults;
    }

    private JsonNode read(String file) throws IOException {
        return json.readTree(Files.readString(folder.resolve(file)));
    }

    private List<String> play(JsonNode call, JsonNode expected) throws InvalidProtocolBufferException {
        String request = filled(call.path("request").toString().replace("\"type_\"", "\"type\""));
        try {
            Message answer = answer(call.path("method").asString(), request);
            JsonNode own = json.readTree(JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .alwaysPrintFieldsWithNoPresence()
                    .print(answer)
                    .replace("\"type\"", "\"type_\""));
            call.path("capture")
                    .properties()
                    .forEach(capture -> values.put(
                            capture.getKey(),
                            own.path(capture.getValue().asString()).asString()));
            return faults(expected, "OK", own);
        } catch (ApiException e) {
            var cause = (StatusRuntimeException) e.getCause();
            return faults(
                    expected,
                    cause.getStatus().getCode().name(),
                    json.createObjectNode()
                            .put(
                                    "error_message",
                                    String.valueOf(cause.getStatus().getDescription())));
        }
    }

    private List<String> faults(JsonNode expected, String status, JsonNode own) {
        List<String> faults = new ArrayList<>();
        if (!expected.path("status").asString().equals(status)) {
            faults.add("status %s instead of %s: %s".formatted(status, expected.path("status"), own));
        } else if (expected.has("error_message")) {
            String wanted = filled(expected.path("error_message").asString());
            if (!own.path("error_message").asString().equals(wanted)) {
                faults.add("message %s instead of %s".formatted(own, wanted));
            }
        } else {
            RecordedAnswers.compare("", expected.path("response"), own, faults);
        }
        return faults;
    }

    private Message answer(String method, String request) throws InvalidProtocolBufferException {
        var calls = storage.calls();
        return switch (method) {
            case "BigQueryWrite.CreateWriteStream" ->
                calls.createWriteStream(
                        parsed(request, CreateWriteStreamRequest.newBuilder()).build());
            case "BigQueryWrite.GetWriteStream" ->
                calls.getWriteStream(
                        parsed(request, GetWriteStreamRequest.newBuilder()).build());
            case "BigQueryWrite.FlushRows" ->
                calls.flushRows(parsed(request, FlushRowsRequest.newBuilder()).build());
            case "BigQueryWrite.FinalizeWriteStream" ->
                calls.finalizeWriteStream(
                        parsed(request, FinalizeWriteStreamRequest.newBuilder()).build());
            case "BigQueryWrite.BatchCommitWriteStreams" ->
                calls.batchCommitWriteStreams(parsed(request, BatchCommitWriteStreamsRequest.newBuilder())
                        .build());
            default -> throw new AssertionError("no such call is played: " + method);
        };
    }

    private static <B extends Message.Builder> B parsed(String request, B builder)
            throws InvalidProtocolBufferException {
        JsonFormat.parser().merge(request, builder);
        return builder;
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
