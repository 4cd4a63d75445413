package dev.sluice.bigquery;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.Job;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import dev.sluice.bigquery.ScriptedServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The resumable upload protocol, strict about offsets; faults are queued for the next exchanges of a method. */
final class UploadServer implements AutoCloseable {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+)");

    private final List<String> jobs = new ArrayList<>();
    private final Deque<Script> beginFaults = new ConcurrentLinkedDeque<>();
    private final Deque<Script> putFaults = new ConcurrentLinkedDeque<>();
    private final ScriptedServer server = new ScriptedServer(this::play);
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String jobId = "";

    String url() {
        return server.url();
    }

    /** What the session that is open, or was the last, has got. */
    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Ids of accepted jobs. */
    synchronized List<String> jobs() {
        return List.copyOf(jobs);
    }

    List<Request> requests() {
        return server.requests();
    }

    long sessions() {
        return server.count("POST", "/jobs");
    }

    /** The Content-Range of every PUT, in order. */
    List<String> ranges() {
        return server.requests().stream()
                .filter(request -> request.method().equals("PUT"))
                .map(request -> String.valueOf(request.headers().get("content-range")))
                .toList();
    }

    void atNextBegin(Script fault) {
        beginFaults.add(fault);
    }

    void atNextPut(Script fault) {
        putFaults.add(fault);
    }

    private void play(Request request, Connection connection) throws IOException, InterruptedException {
        Deque<Script> faults = request.method().equals("POST") ? beginFaults : putFaults;
        Script fault = faults.poll();
        if (fault != null) {
            fault.play(request, connection);
        } else if (request.method().equals("POST")) {
            begin(request);
            connection.answer(200, Map.of("Location", url() + "/session?upload_id=a%2Fb"), "");
        } else {
            answer(take(request, Integer.MAX_VALUE), connection);
        }
    }

    private synchronized void begin(Request request) throws IOException {
        Job job = GsonFactory.getDefaultInstance().fromString(request.text(), Job.class);
        jobId = job.getJobReference().getJobId();
        bytes = new ByteArrayOutputStream();
    }

    /** Keeps at most so many bytes of a chunk and says so. */
    Script keepOnly(int length) {
        return (request, connection) -> answer(take(request, length), connection);
    }

    /** Keeps at most so many bytes of a chunk and fails. */
    Script keepOnlyAndFail(int length, int status) {
        return (request, connection) -> {
            take(request, length);
            connection.error(status, "backendError", "later");
        };
    }

    /** Takes a chunk, and hangs up instead of saying so. */
    Script replyLost() {
        return (request, connection) -> {
            take(request, Integer.MAX_VALUE);
            connection.drop();
        };
    }

    /** @return the status to answer with */
    private synchronized int take(Request request, int length) {
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(request.headers().get("content-range")));
        if (!range.matches() || !request.path().equals("/session?upload_id=a%2Fb")) {
            return 400;
        }
        if (range.group(1) != null) {
            if (Integer.parseInt(range.group(1)) != bytes.size()) {
                return 400;
            }
            bytes.write(request.body(), 0, Math.min(length, request.body().length));
        }
        if (bytes.size() < Integer.parseInt(range.group(2))) {
            return 308;
        }
        if (jobs.contains(jobId)) {
            return 409;
        }
        jobs.add(jobId);
        return 200;
    }

    private synchronized void answer(int status, Connection connection) throws IOException {
        if (status == 308) {
            Map<String, String> range = bytes.size() == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (bytes.size() - 1));
            connection.answer(status, range, "");
        } else if (status == 200) {
            connection.json(status, "{}");
        } else {
            connection.error(status, status == 409 ? "duplicate" : "invalid", "no");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
