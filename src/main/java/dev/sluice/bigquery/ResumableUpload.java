package dev.sluice.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.Job;
import dev.sluice.bigquery.RemoteCalls.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uploads the content of a load job: chunk by chunk, always going on where the server says that it has got to. Google's
 * own write channel loses loads whose size leaves an empty last buffer and ignores the server's {@code Range}.
 * Thread-safe; holds one chunk in memory per call.
 */
final class ResumableUpload {

    static final int CHUNK_BYTES = 8 << 20;
    private static final int MAX_STALLS = 20;
    private static final int MAX_SESSIONS = 3;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int RESUME_INCOMPLETE = 308;
    private static final Pattern RANGE = Pattern.compile("bytes=0-(\\d+)");

    private final HttpRequestFactory requests;
    private final RemoteCalls calls;
    private final String uploadUrl;

    /** @param uploadUrl where sessions begin, up to and including {@code /jobs} */
    ResumableUpload(HttpRequestFactory requests, RemoteCalls calls, String uploadUrl) {
        this.requests = requests;
        this.calls = calls;
        this.uploadUrl = uploadUrl;
    }

    /**
     * Sends everything; when it returns, the server knows a job of that id: this one, or, after a 409, one that has to
     * be compared with it.
     */
    void send(Job job, LoadContent content, Purpose purpose, Deadline deadline) {
        for (int session = 0; session < MAX_SESSIONS; session++) {
            Optional<GenericUrl> url = calls.call(purpose, deadline, () -> begin(job, content.size()));
            if (url.isEmpty() || sendTo(url.get(), content, purpose, deadline)) {
                return;
            }
        }
        throw new BigQueryFailure.Transient(
                "cannot %s: the server forgot %d upload sessions; restart resumes it"
                        .formatted(purpose.name(), MAX_SESSIONS),
                null);
    }

    /** @return false if the session is gone */
    private boolean sendTo(GenericUrl session, LoadContent content, Purpose purpose, Deadline deadline) {
        long sent = 0;
        for (int stalls = 0; stalls < MAX_STALLS; ) {
            Progress progress = next(session, content, sent, purpose, deadline);
            if (progress.state() != State.INCOMPLETE) {
                return progress.state() == State.ACCEPTED;
            }
            stalls = progress.next() > sent ? 0 : stalls + 1;
            sent = progress.next();
        }
        throw new BigQueryFailure.Transient(
                "cannot %s: the server acknowledges no more bytes after %d of %d; restart resumes it"
                        .formatted(purpose.name(), sent, content.size()),
                null);
    }

    /** Sends one chunk; after a broken exchange it asks first how far the server has got. */
    private Progress next(GenericUrl session, LoadContent content, long from, Purpose purpose, Deadline deadline) {
        var broken = new AtomicBoolean();
        return calls.call(purpose, deadline, () -> {
            if (broken.getAndSet(true)) {
                return put(session, new EmptyContent(), "bytes */" + content.size(), from);
            }
            return put(session, content, from);
        });
    }

    private enum State {
        INCOMPLETE,
        ACCEPTED,
        SESSION_GONE
    }

    /** @param next the first byte that the server has not got */
    private record Progress(State state, long next) {}

    private Optional<GenericUrl> begin(Job job, long size) throws IOException {
        HttpRequest request = requests.buildPostRequest(
                new GenericUrl(uploadUrl + "?uploadType=resumable"),
                new JsonHttpContent(GsonFactory.getDefaultInstance(), job));
        request.getHeaders().set("X-Upload-Content-Length", size);
        request.getHeaders().set("X-Upload-Content-Type", "application/octet-stream");
        request.setParser(GsonFactory.getDefaultInstance().createJsonObjectParser());
        request.setThrowExceptionOnExecuteError(false);
        HttpResponse response = execute(request);
        try {
            if (response.getStatusCode() == CONFLICT) {
                return Optional.empty();
            }
            requireSuccess(response);
            return Optional.of(new GenericUrl(response.getHeaders().getLocation()));
        } finally {
            response.disconnect();
        }
    }

    private Progress put(GenericUrl session, LoadContent content, long from) throws IOException {
        int length = (int) Math.min(CHUNK_BYTES, content.size() - from);
        HttpContent body = length == 0 ? new EmptyContent() : new ByteArrayContent(null, read(content, from, length));
        String range = length == 0
                ? "bytes */" + content.size()
                : "bytes %d-%d/%d".formatted(from, from + length - 1, content.size());
        return put(session, body, range, from);
    }

    private Progress put(GenericUrl session, HttpContent body, String range, long from) throws IOException {
        HttpRequest request = requests.buildPutRequest(session, body);
        request.getHeaders().setContentRange(range);
        request.setThrowExceptionOnExecuteError(false);
        request.setFollowRedirects(false);
        HttpResponse response = execute(request);
        try {
            return switch (response.getStatusCode()) {
                case RESUME_INCOMPLETE -> new Progress(State.INCOMPLETE, acknowledged(response));
                case NOT_FOUND, GONE -> new Progress(State.SESSION_GONE, from);
                case CONFLICT -> new Progress(State.ACCEPTED, from);
                default -> {
                    requireSuccess(response);
                    yield new Progress(State.ACCEPTED, from);
                }
            };
        } finally {
            response.disconnect();
        }
    }

    private static void requireSuccess(HttpResponse response) throws IOException {
        if (!response.isSuccessStatusCode()) {
            throw GoogleJsonResponseException.from(GsonFactory.getDefaultInstance(), response);
        }
    }

    private static HttpResponse execute(HttpRequest request) throws IOException {
        request.setNumberOfRetries(0);
        request.setEncoding(null);
        return request.execute();
    }

    private static long acknowledged(HttpResponse response) {
        String range = response.getHeaders().getRange();
        Matcher matcher = RANGE.matcher(range == null ? "" : range);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) + 1 : 0;
    }

    private static byte[] read(LoadContent content, long from, int length) throws IOException {
        try (InputStream in = content.open()) {
            in.skipNBytes(from);
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new IOException(
                        "the content ends at byte %d of %d".formatted(from + bytes.length, content.size()));
            }
            return bytes;
        }
    }
}
