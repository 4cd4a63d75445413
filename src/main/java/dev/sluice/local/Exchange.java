package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.sun.net.httpserver.HttpExchange;
import dev.sluice.local.sql.SqlRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
final class Exchange {

    private static final int NO_CONTENT = 204;
    private static final int WORTH_PACKING = 2048;

    private final HttpExchange http;
    private boolean muted;
    private boolean repeated;
    private @Nullable Runnable betweenBytes;

    private final Map<String, String> query = new HashMap<>();

    Exchange(HttpExchange http) {
        this.http = http;
        String raw = http.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                // what is said several times is a list
                query.merge(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8),
                        (one, other) -> one + "," + other);
            }
        }
    }

    String method() {
        String override = header("X-HTTP-Method-Override");
        return override == null ? http.getRequestMethod() : override;
    }

    List<String> path() {
        return List.of(http.getRequestURI().getPath().substring(1).split("/"));
    }

    @Nullable
    String header(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    String query(String name, String fallback) {
        return query.getOrDefault(name, fallback);
    }

    long number(String name, long fallback) {
        try {
            return Long.parseLong(query(name, String.valueOf(fallback)));
        } catch (NumberFormatException e) {
            throw ApiError.invalid("Invalid value for " + name);
        }
    }

    boolean wantsInt64Timestamps() {
        return query("formatOptions.useInt64Timestamp", "false").equals("true");
    }

    /** A filter that is not known would give a wrong list. */
    void requireNo(String... names) {
        for (String name : names) {
            if (query.containsKey(name)) {
                throw ApiError.unsupported("lists with " + name);
            }
        }
    }

    InputStream body() throws IOException {
        InputStream body = http.getRequestBody();
        return "gzip".equals(header("Content-Encoding")) ? new GZIPInputStream(body) : body;
    }

    <T> T body(Class<T> type) throws IOException {
        return Json.read(new String(body().readAllBytes(), StandardCharsets.UTF_8), type);
    }

    void setHeader(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    void answer(int status, GenericJson resource) throws IOException {
        byte[] bytes = Json.write(resource).getBytes(StandardCharsets.UTF_8);
        setHeader("Content-Type", "application/json; charset=UTF-8");
        if (bytes.length >= WORTH_PACKING
                && String.valueOf(header("Accept-Encoding")).contains("gzip")) {
            bytes = gzip(bytes);
            setHeader("Content-Encoding", "gzip");
        }
        if (muted) {
            return;
        }
        http.sendResponseHeaders(status, bytes.length);
        if (betweenBytes == null) {
            http.getResponseBody().write(bytes);
            return;
        }
        for (byte each : bytes) {
            http.getResponseBody().write(each);
            http.getResponseBody().flush();
            betweenBytes.run();
        }
    }

    /** Its answer is lost. */
    void mute() {
        muted = true;
    }

    /** It is delivered twice. */
    void repeat() {
        repeated = true;
    }

    /** Brings a request to those who answer it. */
    interface Delivery {
        void once() throws IOException;
    }

    /** Delivers it as often as it shall be; only the last answer gets out. */
    void deliver(Delivery delivery) throws IOException {
        if (repeated) {
            byte[] body = http.getRequestBody().readAllBytes();
            muted = true;
            http.setStreams(new ByteArrayInputStream(body), null);
            try {
                delivery.once();
            } catch (ApiError | SqlRefused e) {
                // nobody hears of it
            }
            muted = false;
            http.getResponseHeaders().clear();
            http.setStreams(new ByteArrayInputStream(body), null);
        }
        delivery.once();
    }

    /** Its answer comes byte by byte. */
    void slowDown(Runnable pause) {
        betweenBytes = pause;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    void answerEmpty(int status) throws IOException {
        if (muted) {
            return;
        }
        http.sendResponseHeaders(status, status == NO_CONTENT ? -1 : 0);
    }
}
