package dev.sluice.bigquery;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.JobStatistics3;
import com.google.api.services.bigquery.model.JobStatus;
import dev.sluice.bigquery.ScriptedServer.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of BigQuery as the door calls, in memory, answering at once: tables are names, jobs succeed, a job id is taken
 * once, an upload's offsets must fit. For thousands of cases a second.
 */
final class MiniBigQuery {

    /** What the server says. */
    record Reply(int status, Map<String, String> headers, String body) {

        static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body);
        }

        static Reply error(int status, String reason) {
            return json(
                    status,
                    "{\"error\": {\"code\": %d, \"message\": \"so it was\", \"errors\": [{\"reason\": \"%s\"}]}}"
                            .formatted(status, reason));
        }
    }

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+)");
    private static final String ROW = """
            {"jobComplete": true, %s "rows": [{"f": [{"v": "1"}]}],
             "schema": {"fields": [{"name": "n", "type": "INTEGER"}]}}""";

    private final Set<String> resources = new HashSet<>();
    private final Map<String, Job> jobs = new HashMap<>();
    private final Map<String, Upload> uploads = new HashMap<>();
    private int named;

    private record Upload(String job, ByteArrayOutputStream bytes) {}

    /** How many jobs succeeded under ids that begin so. */
    synchronized long jobs(String prefix) {
        return jobs.keySet().stream().filter(id -> id.startsWith(prefix)).count();
    }

    synchronized Reply answer(Request request) {
        String path = request.path().replaceAll("\\?.*", "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        try {
            return switch (request.method()) {
                case "PUT" -> chunk(request);
                case "DELETE" -> resources.remove(last) ? Reply.json(204, "") : Reply.error(404, "notFound");
                case "GET" -> get(request, last);
                default -> post(request, last);
            };
        } catch (IOException e) {
            return Reply.error(400, "invalid");
        }
    }

    private Reply get(Request request, String last) throws IOException {
        if (request.path().contains("/tables/")) {
            return resources.contains(last)
                    ? Reply.json(200, "{\"schema\": {\"fields\": [{\"name\": \"n\", \"type\": \"INTEGER\"}]}}")
                    : Reply.error(404, "notFound");
        }
        if (request.path().contains("/queries/") && jobs.containsKey(last)) {
            return Reply.json(200, ROW.formatted(request.path().contains("pageToken") ? "" : "\"pageToken\": \"2\","));
        }
        Job job = jobs.get(last);
        return job == null
                ? Reply.error(404, "notFound")
                : Reply.json(200, GsonFactory.getDefaultInstance().toString(job));
    }

    private Reply post(Request request, String last) throws IOException {
        if (request.path().contains("uploadType=resumable")) {
            return begin(request);
        }
        return switch (last) {
            case "jobs" -> insert(request.text());
            case "cancel" -> Reply.json(200, "{}");
            default -> create(request.text().replaceAll("(?s).*\"(?:tableId|datasetId)\":\"([^\"]+)\".*", "$1"));
        };
    }

    private Reply create(String name) {
        return resources.add(name) ? Reply.json(200, "{}") : Reply.error(409, "duplicate");
    }

    private Reply insert(String text) throws IOException {
        Job job = GsonFactory.getDefaultInstance().fromString(text, Job.class);
        String id = job.getJobReference().getJobId();
        if (jobs.containsKey(id)) {
            return Reply.error(409, "duplicate");
        }
        jobs.put(
                id,
                job.setJobReference(new JobReference().setJobId(id))
                        .setStatus(new JobStatus().setState("DONE"))
                        .setStatistics(new JobStatistics()
                                .setStartTime(1L)
                                .setEndTime(2L)
                                .setLoad(new JobStatistics3().setOutputRows(1L))
                                .setQuery(new JobStatistics2())));
        return Reply.json(200, GsonFactory.getDefaultInstance().toString(job));
    }

    private Reply begin(Request request) {
        String session = "/session-" + ++named;
        uploads.put(session, new Upload(request.text(), new ByteArrayOutputStream()));
        return new Reply(200, Map.of("Location", "http://" + request.headers().get("host") + session), "");
    }

    private Reply chunk(Request request) throws IOException {
        Upload upload = uploads.get(request.path());
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(request.headers().get("content-range")));
        if (upload == null || !range.matches()) {
            return Reply.error(404, "notFound");
        }
        boolean isWhole = upload.bytes().size() == Integer.parseInt(range.group(2));
        if (range.group(1) != null && !isWhole) {
            if (Integer.parseInt(range.group(1)) != upload.bytes().size()) {
                return Reply.error(400, "invalid");
            }
            upload.bytes().write(request.body());
        }
        if (upload.bytes().size() < Integer.parseInt(range.group(2))) {
            int size = upload.bytes().size();
            return new Reply(308, size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1)), "");
        }
        return insert(upload.job());
    }
}
