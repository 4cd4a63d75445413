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

    /** What happens to one exchange; the server has done its work or not. */
    enum Fault {
        REQUEST_LOST(false),
        REFUSED(false),
        REPLY_LOST(true),
        REPLY_AN_ERROR(true),
        REPLY_EMPTY(true),
        REPLY_CUT(true);

        private final boolean effective;

        Fault(boolean effective) {
            this.effective = effective;
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
        HttpResponse<String> response = fault.effective ? send(request) : null;
        switch (fault) {
            case REQUEST_LOST, REPLY_LOST -> connection.drop();
            case REFUSED, REPLY_AN_ERROR -> connection.error(503, "backendError", "later");
            case REPLY_EMPTY -> connection.answer(200, Map.of(), "");
            case REPLY_CUT -> {
                connection.head(200, Map.of("Content-Type", "application/json"), 1_000);
                connection.write(
                        response == null
                                ? ""
                                : response.body().substring(0, response.body().length() / 2));
                connection.drop();
            }
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
