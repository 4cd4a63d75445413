import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the BigQuery of a live home server one question, as any client could, and prints the row that it answers:
 * {@code java scripts/Count.java <home> '<SELECT …>'}.
 */
final class Count {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ANSWERED = 200;

    private final String project;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    private Count(String server) {
        this.project = first("bigQueryUrl", server) + "/bigquery/v2/projects/sluice-local";
        this.token = first("token", server);
    }

    public static void main(String[] arguments) throws Exception {
        var count = new Count(Files.readString(Path.of(arguments[0], "server.json")));
        String job = count.send(
                "POST",
                "/jobs",
                "{\"configuration\":{\"query\":{\"query\":\"%s\",\"useLegacySql\":false}}}"
                        .formatted(arguments[1].replace("\"", "\\\"")));
        String rows = count.send("GET", "/queries/" + first("jobId", job) + "?timeoutMs=20000", "");
        Matcher cell = field("v").matcher(rows);
        var line = new StringBuilder();
        while (cell.find()) {
            line.append(line.isEmpty() ? "" : " ").append(cell.group(1));
        }
        System.out.println(line);
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(project + path))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != ANSWERED) {
            throw new IOException("%s answered %d: %s".formatted(path, response.statusCode(), response.body()));
        }
        return response.body();
    }

    private static String first(String name, String json) {
        Matcher matcher = field(name).matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in the answer");
        }
        return matcher.group(1);
    }

    private static Pattern field(String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"");
    }
}
