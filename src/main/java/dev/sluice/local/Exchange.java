package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
final class Exchange {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    /** Others tell rows, of which their etags do not know. */
    private static final Set<String> WHOLE_ETAGS = Set.of(
            "bigquery#dataset", "bigquery#datasetList", "bigquery#tableList", "bigquery#job", "bigquery#jobList");

    private static final int WORTH_PACKING = 2048;

    private final HttpExchange http;
    private final Delivery delivery;
    private final Map<String, String> query = new HashMap<>();
    private @Nullable PartialAnswer wanted;

    Exchange(HttpExchange http) {
        this.http = http;
        this.delivery = new Delivery(http);
        readParameters(http.getRequestURI().getRawQuery());
    }

    private void readParameters(@Nullable String raw) {
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

    /** Takes the parameters of a GET that a client sends as a form, as Google's for Java does if the URL would be too long. */
    void readForm() throws IOException {
        if (method().equals("GET")
                && String.valueOf(header("Content-Type")).startsWith("application/x-www-form-urlencoded")) {
            readParameters(new String(body().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    Delivery delivery() {
        return delivery;
    }

    String method() {
        String override = header("X-HTTP-Method-Override");
        return override == null ? http.getRequestMethod() : override.toUpperCase(Locale.ROOT);
    }

    /** Without the word that tells resumable uploads from others in the discovery document. */
    List<String> path() {
        List<String> path = List.of(http.getRequestURI().getPath().substring(1).split("/"));
        return path.size() > 1 && path.get(0).equals("resumable") ? path.subList(1, path.size()) : path;
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

    /** Members that are null are as good as none, but for a PATCH, which removes them. */
    <T> T body(Class<T> type) throws IOException {
        T resource = Json.readRequest(new String(body().readAllBytes(), StandardCharsets.UTF_8), type);
        if (!method().equals("PATCH") && resource instanceof Map<?, ?> members) {
            Json.removeNulls(members);
        }
        return resource;
    }

    void setHeader(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    void answer(int status, GenericJson resource) throws IOException {
        if (status == OK && isKnown(resource)) {
            delivery.answerEmpty(NOT_MODIFIED);
            return;
        }
        byte[] bytes = text(status, resource).getBytes(StandardCharsets.UTF_8);
        setHeader("Content-Type", "application/json; charset=UTF-8");
        if (bytes.length >= WORTH_PACKING
                && String.valueOf(header("Accept-Encoding")).contains("gzip")) {
            bytes = gzip(bytes);
            setHeader("Content-Encoding", "gzip");
        }
        delivery.answer(status, bytes);
    }

    /** Whether the client has what it asks for. */
    private boolean isKnown(GenericJson resource) {
        Object etag = resource.get("etag");
        return etag != null
                && WHOLE_ETAGS.contains(String.valueOf(resource.get("kind")))
                && method().equals("GET")
                && etag.equals(header("If-None-Match"));
    }

    /**
     * Reads which parts of the answer are wanted, before anything is done.
     *
     * @throws ApiError if that cannot be read
     */
    void readFields() {
        String fields = query("fields", "");
        wanted = fields.isEmpty() ? null : PartialAnswer.of(fields);
    }

    private String text(int status, GenericJson resource) {
        return status != OK || wanted == null ? Json.write(resource) : wanted.of(resource);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    void answerEmpty(int status) throws IOException {
        delivery.answerEmpty(status);
    }
}
