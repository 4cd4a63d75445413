package dev.sluice.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A home server of its own process. */
record HomeServerProcess(Process process, JsonNode endpoint) {

    private static final int POLLS = 1_200;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static HomeServerProcess start(Path home) throws Exception {
        Path output = home.resolveSibling(home.getFileName() + ".txt");
        Files.deleteIfExists(home.resolve("server.json"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsluice.root=" + Path.of("").toAbsolutePath(),
                        "-Dsun.net.httpserver.nodelay=true",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.sluice.local.HomeServer",
                        "--home",
                        home.toString(),
                        "--foreground",
                        "--until-input-ends")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        for (int i = 0; i < POLLS && !Files.readString(output).contains("ready:"); i++) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the server ended: " + Files.readString(output));
            }
        }
        return new HomeServerProcess(
                process, JsonMapper.shared().readTree(Files.readString(home.resolve("server.json"))));
    }

    String send(String method, String path, String body) throws IOException, InterruptedException {
        URI uri = URI.create(endpoint.path("bigQueryUrl").asString() + "/bigquery/v2/projects/sluice-local" + path);
        return HTTP.send(
                        HttpRequest.newBuilder(uri)
                                .header("Authorization", "Bearer " + token())
                                .method(method, LocalServer.text(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    String token() {
        return endpoint.path("token").asString();
    }

    StorageClient writes() throws IOException {
        return new StorageClient(endpoint.path("storageWrite").asString(), token());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
