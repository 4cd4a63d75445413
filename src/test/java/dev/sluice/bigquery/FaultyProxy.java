package dev.sluice.bigquery;

import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes exchanges on to another server, except that one of them meets a fault. */
final class FaultyProxy implements AutoCloseable {

    private static final Set<String> OF_ONE_HOP =
            Set.of("host", "connection", "content-length", "content-encoding", "transfer-encoding", "upgrade");

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** What the caller of the exchange can make of a fault. */
    enum Remedy {
        /** Repeat it: the operation succeeds. */
        REPEAT,
        /** Give up; once the cause is mended, the same operation succeeds. */
        GIVE_UP,
        /** Wait until the deadline; the same operation succeeds later. */
        WAIT
    }

    /** What happens to one exchange, before or after the server has done its work. */
    enum Fault {
        REQUEST_LOST(false, Remedy.REPEAT),
        RESET(false, Remedy.REPEAT),
        UNAVAILABLE(false, Remedy.REPEAT),
        RATE_LIMITED(false, Remedy.REPEAT),
        TOO_MANY_REQUESTS(false, Remedy.REPEAT),
        REPLY_LOST(true, Remedy.REPEAT),
        REPLY_AN_ERROR(true, Remedy.REPEAT),
        REPLY_EMPTY(true, Remedy.REPEAT),
        REPLY_CUT(true, Remedy.REPEAT),
        REPLY_BROKEN_GZIP(true, Remedy.REPEAT),
        GATEWAY_PAGE(true, Remedy.REPEAT),
        UNAUTHORIZED(false, Remedy.GIVE_UP),
        FORBIDDEN(false, Remedy.GIVE_UP),
        QUOTA_SPENT(false, Remedy.GIVE_UP),
        SILENT(false, Remedy.WAIT),
        REPLY_SILENT(true, Remedy.WAIT),
        REPLY_TRICKLES(true, Remedy.WAIT);

        private final boolean effective;
        private final Remedy remedy;

        Fault(boolean effective, Remedy remedy) {
            this.effective = effective;
            this.remedy = remedy;
        }

        Remedy remedy() {
            return remedy;
        }
    }

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final AtomicInteger exchanges = new AtomicInteger();
    private final ScriptedServer server = new ScriptedServer(this::pass);
    private final String target;
    private final Fault fault;
    private final int at;

    /** @param at which exchange meets the fault, from 1; 0 for none */
    FaultyProxy(String target, Fault fault, int at) {
        this.target = target;
        this.fault = fault;
        this.at = at;
    }

    String url() {
        return server.url();
    }

    int exchanges() {
        return exchanges.get();
    }

    private void pass(Request request, Connection connection) throws IOException, InterruptedException {
        if (exchanges.incrementAndGet() != at) {
            relay(send(request), connection);
            return;
        }
        String reply = fault.effective ? send(request).body() : "";
        switch (fault) {
            case REQUEST_LOST, REPLY_LOST -> connection.drop();
            case RESET -> connection.reset();
            case UNAVAILABLE, REPLY_AN_ERROR -> connection.error(503, "backendError", "later");
            case RATE_LIMITED -> connection.error(403, "rateLimitExceeded", "slower");
            case TOO_MANY_REQUESTS -> connection.error(429, "tooMany", "slower");
            case REPLY_EMPTY -> connection.answer(200, Map.of(), "");
            case REPLY_CUT -> {
                connection.head(200, JSON, reply.length() + 1);
                connection.write(reply.substring(0, reply.length() / 2));
                connection.drop();
            }
            case REPLY_BROKEN_GZIP ->
                connection.answer(200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), reply);
            case GATEWAY_PAGE -> connection.answer(502, Map.of("Content-Type", "text/html"), "<html>oops</html>");
            case UNAUTHORIZED -> connection.error(401, "authError", "who are you");
            case FORBIDDEN -> connection.error(403, "accessDenied", "not you");
            case QUOTA_SPENT -> connection.error(403, "quotaExceeded", "no more today");
            case SILENT, REPLY_SILENT -> connection.stall();
            case REPLY_TRICKLES -> connection.trickle();
        }
    }

    private HttpResponse<String> send(Request request) throws IOException, InterruptedException {
        HttpRequest.Builder onward = HttpRequest.newBuilder(URI.create(target + request.path()))
                .method(request.method(), BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, value) -> {
            if (!OF_ONE_HOP.contains(name)) {
                onward.header(name, value);
            }
        });
        return CLIENT.send(onward.build(), BodyHandlers.ofString());
    }

    private void relay(HttpResponse<String> response, Connection connection) throws IOException {
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> {
            if (!OF_ONE_HOP.contains(name)) {
                headers.put(name, values.get(0).replace(target, url()));
            }
        });
        connection.answer(response.statusCode(), headers, response.body());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
