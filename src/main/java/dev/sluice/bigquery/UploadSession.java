package dev.sluice.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One resumable upload at the server: sends bytes, and says how far the server has got. Thread-safe. */
final class UploadSession {

    private static final int RESUME_INCOMPLETE = 308;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final Pattern RANGE = Pattern.compile("bytes=0-(\\d+)");

    private final HttpRequestFactory requests;
    private final GenericUrl url;
    private final long size;

    /** @param size of the whole content */
    UploadSession(HttpRequestFactory requests, GenericUrl url, long size) {
        this.requests = requests;
        this.url = url;
        this.size = size;
    }

    enum State {
        INCOMPLETE,
        /** The server has everything and knows a job of that id: this one, or, after a 409, one to compare with. */
        ACCEPTED,
        SESSION_GONE
    }

    /** @param next the first byte that the server has not got */
    record Progress(State state, long next) {}

    /** @param chunk ends the content if it is empty */
    Progress send(UploadChunk chunk, long from) throws IOException {
        if (chunk.getLength() == 0) {
            return ask();
        }
        String range = "bytes %d-%d/%d".formatted(from, from + chunk.getLength() - 1, size);
        return put(chunk, range);
    }

    Progress ask() throws IOException {
        return put(new EmptyContent(), "bytes */" + size);
    }

    private Progress put(HttpContent body, String range) throws IOException {
        HttpRequest request = requests.buildPutRequest(url, body);
        request.getHeaders().setContentRange(range);
        HttpResponse response = execute(request);
        try {
            return switch (response.getStatusCode()) {
                case RESUME_INCOMPLETE -> new Progress(State.INCOMPLETE, acknowledged(response));
                case NOT_FOUND, GONE -> new Progress(State.SESSION_GONE, 0);
                case CONFLICT -> new Progress(State.ACCEPTED, size);
                default -> {
                    requireSuccess(response);
                    yield new Progress(State.ACCEPTED, size);
                }
            };
        } finally {
            response.disconnect();
        }
    }

    private static long acknowledged(HttpResponse response) {
        String range = response.getHeaders().getRange();
        Matcher matcher = RANGE.matcher(range == null ? "" : range);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) + 1 : 0;
    }

    /** Answers of every status come back; the caller disconnects. */
    static HttpResponse execute(HttpRequest request) throws IOException {
        request.setThrowExceptionOnExecuteError(false);
        request.setEncoding(null);
        return request.execute();
    }

    static void requireSuccess(HttpResponse response) throws IOException {
        if (!response.isSuccessStatusCode()) {
            throw GoogleJsonResponseException.from(GsonFactory.getDefaultInstance(), response);
        }
    }
}
