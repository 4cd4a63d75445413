package dev.sluice.bigquery;

import dev.sluice.bigquery.MiniBigQuery.Reply;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What may happen to an exchange, before or after BigQuery has done its work. */
enum WireFault {
    /** Who plays it sees to it that the next connection is refused. */
    REFUSED(false),
    HANG_UP(false),
    RESET(false),
    RESET_MID_BODY(true),
    FIN_MID_BODY(true),
    REPLY_LOST(true),
    DELIVERED_TWICE(true),
    /** Who plays it lets the time pass. */
    SLOW(true),
    SILENT(false),
    SILENT_AFTER_WORK(true),
    TRICKLE(true),
    STATUS_500(false),
    STATUS_502_PAGE(false),
    STATUS_503_AFTER_WORK(true),
    STATUS_504(false),
    TOO_MANY_REQUESTS(false),
    RATE_LIMITED(false),
    QUOTA_SPENT(false),
    JOB_BACKEND_ERROR(false),
    JOB_INTERNAL_ERROR(false),
    UNAUTHORIZED(false),
    CONFLICT(false),
    BAD_JSON(true),
    BROKEN_GZIP(true),
    TRUNCATED_GZIP(true),
    EMPTY(true),
    SHORT_308(false),
    SESSION_GONE(false),
    SESSION_UNKNOWN(false);

    private static final Map<String, String> GZIP =
            Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");

    private final boolean effective;

    WireFault(boolean effective) {
        this.effective = effective;
    }

    boolean isOfUploads() {
        return this == SHORT_308 || this == SESSION_GONE || this == SESSION_UNKNOWN;
    }

    /** Whether only the deadline ends it. */
    boolean isSilence() {
        return this == SILENT || this == SILENT_AFTER_WORK || this == TRICKLE;
    }

    void play(Request request, Connection connection, MiniBigQuery bigQuery) throws IOException, InterruptedException {
        Reply reply = effective ? bigQuery.answer(request) : Reply.json(200, "");
        switch (this) {
            case REFUSED, HANG_UP, REPLY_LOST -> connection.drop();
            case RESET -> connection.reset();
            case RESET_MID_BODY -> {
                half(reply, connection);
                connection.reset();
            }
            case FIN_MID_BODY -> {
                half(reply, connection);
                connection.drop();
            }
            case DELIVERED_TWICE -> send(bigQuery.answer(request), connection);
            case SLOW -> send(reply, connection);
            case SILENT, SILENT_AFTER_WORK -> connection.stall();
            case TRICKLE -> connection.trickle();
            case STATUS_500 -> send(Reply.error(500, "internalError"), connection);
            case STATUS_502_PAGE ->
                connection.answer(502, Map.of("Content-Type", "text/html"), "<html>bad gateway</html>");
            case STATUS_503_AFTER_WORK -> send(Reply.error(503, "backendError"), connection);
            case STATUS_504 -> connection.answer(504, Map.of(), "");
            case TOO_MANY_REQUESTS -> send(Reply.error(429, "tooMany"), connection);
            case RATE_LIMITED -> send(Reply.error(403, "rateLimitExceeded"), connection);
            case QUOTA_SPENT -> send(Reply.error(403, "quotaExceeded"), connection);
            case JOB_BACKEND_ERROR -> send(Reply.error(400, "jobBackendError"), connection);
            case JOB_INTERNAL_ERROR -> send(Reply.error(400, "jobInternalError"), connection);
            case UNAUTHORIZED -> send(Reply.error(401, "authError"), connection);
            case CONFLICT -> send(Reply.error(409, "duplicate"), connection);
            case BAD_JSON -> send(Reply.json(200, "{\"jobReference\": [{"), connection);
            case BROKEN_GZIP -> connection.answer(200, GZIP, reply.body());
            case TRUNCATED_GZIP -> {
                byte[] zipped = zipped(reply.body());
                connection.head(200, GZIP, zipped.length / 2);
                connection.write(Arrays.copyOf(zipped, zipped.length / 2));
            }
            case EMPTY -> connection.answer(200, Map.of(), "");
            case SHORT_308 -> connection.answer(308, Map.of(), "");
            case SESSION_GONE -> send(Reply.error(410, "gone"), connection);
            case SESSION_UNKNOWN -> send(Reply.error(404, "notFound"), connection);
        }
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void half(Reply reply, Connection connection) throws IOException {
        connection.head(reply.status(), reply.headers(), reply.body().length() + 10);
        connection.write(reply.body().substring(0, reply.body().length() / 2));
    }

    static void send(Reply reply, Connection connection) throws IOException {
        if (reply.status() == 204) {
            connection.write("HTTP/1.1 204 said\r\n\r\n");
            return;
        }
        connection.answer(reply.status(), new HashMap<>(reply.headers()), reply.body());
    }
}
