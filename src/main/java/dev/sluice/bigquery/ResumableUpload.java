package dev.sluice.bigquery;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.Job;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import dev.sluice.bigquery.UploadSession.Progress;
import dev.sluice.bigquery.UploadSession.State;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Uploads the content of a load job: chunk by chunk, always going on where the server says that it has got to. Google's
 * own write channel loses loads whose size leaves an empty last buffer and ignores the server's {@code Range}.
 * Thread-safe; holds one chunk in memory per call.
 */
final class ResumableUpload {

    static final int CHUNK_BYTES = 8 << 20;
    private static final int MAX_STALLS = 8;
    private static final int MAX_SESSIONS = 3;

    private final HttpRequestFactory requests;
    private final RemoteCalls calls;
    private final URI uploadUrl;
    private final int chunkBytes;

    /**
     * @param uploadUrl where sessions begin, up to and including {@code /jobs}
     * @param chunkBytes a multiple of 256 KiB, as BigQuery demands
     */
    ResumableUpload(HttpRequestFactory requests, RemoteCalls calls, URI uploadUrl, int chunkBytes) {
        this.requests = requests;
        this.calls = calls;
        this.uploadUrl = uploadUrl;
        this.chunkBytes = chunkBytes;
    }

    /**
     * Sends everything; when it returns, the server knows a job of that id: this one, or, after a 409, one that has to
     * be compared with it.
     */
    void send(Job job, LoadContent content, Purpose purpose, Deadline deadline) {
        var chunks = new Purpose(CallKind.SEND_CHUNK, purpose.what(), purpose.bigQueryJobId());
        for (int session = 0; session < MAX_SESSIONS; session++) {
            // empty if the server knows a job of that id already
            Optional<UploadSession> begun = calls.attempt(purpose, deadline, () -> begin(job, content.size(), purpose));
            if (begun.isEmpty() || sendTo(begun.get(), content, chunks, deadline) == State.ACCEPTED) {
                return;
            }
        }
        throw new Transient(
                "cannot %s: the server forgot %d upload sessions; restart resumes it"
                        .formatted(purpose.name(), MAX_SESSIONS),
                null);
    }

    private State sendTo(UploadSession session, LoadContent content, Purpose purpose, Deadline deadline) {
        var chunk = new UploadChunk((int) Math.min(chunkBytes, content.size()));
        long sent = 0;
        long furthest = 0;
        for (int stalls = 0; stalls < MAX_STALLS; ) {
            fill(chunk, content, sent, purpose);
            furthest = Math.max(furthest, sent + chunk.getLength());
            Progress progress = next(session, chunk, sent, purpose, deadline);
            if (progress.state() != State.INCOMPLETE) {
                return progress.state();
            }
            if (progress.next() > furthest) {
                throw new Permanent(
                        "cannot %s: the server acknowledges %d bytes of %d sent; it keeps no account of this upload, restart begins another"
                                .formatted(purpose.name(), progress.next(), furthest),
                        null);
            }
            if (progress.next() <= sent) {
                calls.backOff(++stalls, Verdict.REPEAT, purpose, deadline);
            } else {
                stalls = 0;
            }
            sent = progress.next();
        }
        throw new Transient(
                "cannot %s: the server acknowledges no more bytes after %d of %d; restart resumes it"
                        .formatted(purpose.name(), sent, content.size()),
                null);
    }

    /** Sends one chunk; after a broken exchange it asks first how far the server has got. */
    private Progress next(UploadSession session, UploadChunk chunk, long from, Purpose purpose, Deadline deadline) {
        var broken = new AtomicBoolean();
        return calls.call(purpose, deadline, () -> broken.getAndSet(true) ? session.ask() : session.send(chunk, from));
    }

    private UploadSession begin(Job job, long size, Purpose purpose) throws IOException {
        HttpRequest request = requests.buildPostRequest(
                new GenericUrl(uploadUrl + "?uploadType=resumable"),
                new JsonHttpContent(GsonFactory.getDefaultInstance(), job));
        request.getHeaders().set("X-Upload-Content-Length", size);
        request.getHeaders().set("X-Upload-Content-Type", "application/octet-stream");
        HttpResponse response = UploadSession.execute(request);
        try {
            UploadSession.requireSuccess(response);
            return new UploadSession(requests, address(response.getHeaders().getLocation(), purpose), size);
        } finally {
            response.disconnect();
        }
    }

    private GenericUrl address(@Nullable String location, Purpose purpose) throws IOException {
        if (location == null) {
            throw new IOException("the answer names no upload session");
        }
        URI address = uploadUrl.resolve(location);
        if (!mayHaveToken(address)) {
            throw new Permanent(
                    "cannot %s: the server wants it at %s, which is not where the credentials belong; check sluice.bigquery.endpoint"
                            .formatted(purpose.name(), address.getHost()),
                    null);
        }
        return new GenericUrl(address.toString(), true);
    }

    private boolean mayHaveToken(URI address) {
        boolean sameOrigin = uploadUrl.getScheme().equals(address.getScheme())
                && uploadUrl.getHost().equals(address.getHost())
                && uploadUrl.getPort() == address.getPort();
        return sameOrigin || isGoogle(uploadUrl) && isGoogle(address);
    }

    private static boolean isGoogle(URI url) {
        return "https".equals(url.getScheme())
                && String.valueOf(url.getHost()).endsWith(".googleapis.com")
                && url.getPort() == -1;
    }

    /** Outside the remote call: what is wrong with the content is not mended by sending it again. */
    private void fill(UploadChunk chunk, LoadContent content, long from, Purpose purpose) {
        int length = (int) Math.min(chunkBytes, content.size() - from);
        try (InputStream in = content.open(from)) {
            if (chunk.fill(in, length) && (from + length < content.size() || in.read() < 0)) {
                return;
            }
        } catch (IOException e) {
            throw unreadable(content, purpose, e);
        }
        throw unreadable(content, purpose, null);
    }

    private static Permanent unreadable(LoadContent content, Purpose purpose, @Nullable IOException cause) {
        return new Permanent(
                "cannot %s: its content cannot be read, or is no longer %d bytes long; put it back as it was, then restart the run"
                        .formatted(purpose.name(), content.size()),
                cause);
    }
}
