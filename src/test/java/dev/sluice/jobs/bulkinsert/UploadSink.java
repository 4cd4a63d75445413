package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.TableCatalogue;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/**
 * A process that answers like BigQuery as far as a bulk insert asks, keeps nothing, and counts bytes, rows and load
 * jobs. A port for each {@link Link}.
 */
final class UploadSink {

    private static final long NANOS = 1_000_000_000;
    private static final Pattern JOB_ID = Pattern.compile("\"jobId\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final Map<String, RowCount> sessionRows = new ConcurrentHashMap<>();
    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong loads = new AtomicLong();
    private final LongSupplier nanoTime;
    private final String tableName;
    private final String table;

    private UploadSink(LongSupplier nanoTime, CatalogueTable table) {
        this.nanoTime = nanoTime;
        this.tableName = table.name();
        this.table = "{\"schema\":{\"fields\":[%s]}}"
                .formatted(table.schema().getFields().stream()
                        .map(field -> "{\"name\":\"%s\",\"type\":\"%s\"}".formatted(field.getName(), field.getType()))
                        .collect(Collectors.joining(",")));
    }

    /**
     * What lies between a client and the server.
     *
     * @param delayNanos before each answer
     */
    enum Link {
        HTTP("HTTP", false, Long.MAX_VALUE, 0),
        TLS("TLS", true, Long.MAX_VALUE, 0),
        GIGABIT("1 Gbit/s", false, 125_000_000, 0),
        FAST("100 Mbit/s", false, 12_500_000, 0),
        SLOW("50 Mbit/s", false, 6_250_000, 0),
        FAR("TLS, answers after 20 ms", true, Long.MAX_VALUE, 20_000_000);

        private final String words;
        private final boolean secret;
        private final long bytesPerSecond;
        private final long delayNanos;

        Link(String words, boolean secret, long bytesPerSecond, long delayNanos) {
            this.words = words;
            this.secret = secret;
            this.bytesPerSecond = bytesPerSecond;
            this.delayNanos = delayNanos;
        }

        String words() {
            return words;
        }
    }

    /**
     * Arguments: key store, its password, the checkout, the table that is there. Prints the addresses of all links in one
     * line and serves until it is killed, or until nobody holds its standard input any more.
     */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        var table =
                TableCatalogue.load(Path.of(arguments[2])).find(arguments[3]).orElseThrow();
        var sink = new UploadSink(System::nanoTime, table);
        var keys = context(arguments[0], arguments[1].toCharArray());
        List<String> addresses = new ArrayList<>();
        for (Link link : Link.values()) {
            addresses.add(sink.serve(link, link.secret ? keys : null));
        }
        System.out.println(String.join(" ", addresses));
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static SSLContext context(String file, char[] password) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(file)) {
            keys.load(in, password);
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** The address of a server of its own, over TLS if there are keys; a thread a connection. */
    private String serve(Link link, @Nullable SSLContext keys) throws IOException {
        HttpServer server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setCanonicalHostName("localhost")
                .setSslContext(keys)
                .setSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoTimeout(1, TimeUnit.HOURS)
                        .build())
                .register("*", (request, response, context) -> answer(request, response, link))
                .create();
        server.start();
        return "%s://localhost:%d".formatted(keys == null ? "http" : "https", server.getLocalPort());
    }

    private void answer(ClassicHttpRequest request, ClassicHttpResponse response, Link link)
            throws IOException, HttpException {
        LockSupport.parkNanos(link.delayNanos);
        String path = request.getPath().replaceFirst("\\?.*", "");
        String method = request.getMethod();
        if (method.equals("PUT")) {
            take(request, response, path.substring("/session/".length()), link.bytesPerSecond);
            return;
        }
        String body = body(request);
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("/upload/")) {
            String id = String.valueOf(ids.incrementAndGet());
            sessions.put(id, body);
            response.setHeader("Location", url(request) + "/session/" + id);
            send(response, 200, "{}");
        } else if (path.equals("/reset")) {
            rows.set(0);
            bytes.set(0);
            loads.set(0);
            send(response, 200, "{}");
        } else if (path.equals("/counts")) {
            send(response, 200, rows + " " + bytes + " " + loads);
        } else if (path.contains("/queries/")) {
            send(
                    response,
                    200,
                    "{\"jobComplete\":true,\"totalRows\":\"1\",\"jobReference\":{\"projectId\":\"p\",\"jobId\":\"%s\"},\"schema\":{\"fields\":[{\"name\":\"staged\",\"type\":\"INTEGER\"}]},\"rows\":[{\"f\":[{\"v\":\"%d\"}]}]}"
                            .formatted(name, rows.get()));
        } else if (path.endsWith("/jobs") && method.equals("POST")) {
            send(response, 200, query(body));
        } else if (path.contains("/jobs/") && jobs.containsKey(name)) {
            send(response, 200, jobs.get(name));
        } else if (method.equals("GET") && path.endsWith("/tables/" + tableName)) {
            send(response, 200, table);
        } else if (method.equals("GET")) {
            send(
                    response,
                    404,
                    "{\"error\":{\"code\":404,\"message\":\"none\",\"errors\":[{\"reason\":\"notFound\"}]}}");
        } else {
            send(response, 200, body.isEmpty() ? "{}" : body);
        }
    }

    private static String url(HttpRequest request) throws HttpException {
        return "%s://%s"
                .formatted(request.getScheme(), request.getHeader("Host").getValue());
    }

    private static String body(ClassicHttpRequest request) throws IOException {
        HttpEntity entity = request.getEntity();
        if (entity == null) {
            return "";
        }
        boolean gzip = "gzip".equals(entity.getContentEncoding());
        InputStream in = entity.getContent();
        return new String((gzip ? new GZIPInputStream(in) : in).readAllBytes(), StandardCharsets.UTF_8);
    }

    private String query(String body) {
        Matcher id = JOB_ID.matcher(body);
        boolean named = id.find();
        String job = named
                ? body
                : body.substring(0, body.lastIndexOf('}')) + ",\"jobReference\":{\"projectId\":\"p\",\"jobId\":\"q"
                        + ids.incrementAndGet() + "\"}}";
        Matcher found = JOB_ID.matcher(job);
        String statistics = "\"query\":{\"dmlStats\":{\"insertedRowCount\":\"%d\"}}".formatted(rows.get());
        String done = done(job, statistics);
        if (found.find()) {
            jobs.put(found.group(1), done);
        }
        return done;
    }

    private static String done(String body, String statistics) {
        return body.substring(0, body.lastIndexOf('}'))
                + ",\"status\":{\"state\":\"DONE\"},\"statistics\":{\"startTime\":\"1\",\"endTime\":\"2\",%s}}"
                        .formatted(statistics);
    }

    private void take(ClassicHttpRequest request, ClassicHttpResponse response, String session, long bytesPerSecond)
            throws IOException, HttpException {
        Matcher range =
                RANGE.matcher(String.valueOf(request.getHeader("Content-Range")).replaceFirst("^[^:]*: ", ""));
        if (!range.matches()) {
            send(response, 400, "{}");
            return;
        }
        RowCount count = sessionRows.computeIfAbsent(session, begun -> new RowCount());
        receive(request.getEntity().getContent(), bytesPerSecond, count);
        if (Long.parseLong(range.group(2)) + 1 < Long.parseLong(range.group(3))) {
            response.setHeader("Range", "bytes=0-" + range.group(2));
            send(response, 308, "");
            return;
        }
        sessionRows.remove(session);
        long loaded = count.rows();
        rows.addAndGet(loaded);
        loads.incrementAndGet();
        String body = String.valueOf(sessions.remove(session));
        Matcher id = JOB_ID.matcher(body);
        String job = done(body, "\"load\":{\"outputRows\":\"%d\"}".formatted(loaded));
        if (id.find()) {
            jobs.put(id.group(1), job);
        }
        send(response, 200, job);
    }

    private void receive(InputStream in, long bytesPerSecond, RowCount count) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long began = nanoTime.getAsLong();
        long taken = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            count.add(buffer, n);
            taken += n;
            bytes.addAndGet(n);
            if (bytesPerSecond < Long.MAX_VALUE) {
                long due = began + taken * NANOS / bytesPerSecond;
                LockSupport.parkNanos(Math.max(0, due - nanoTime.getAsLong()));
            }
        }
    }

    private static void send(ClassicHttpResponse response, int status, String text) {
        response.setCode(status);
        response.setEntity(text.isEmpty() ? null : new StringEntity(text, ContentType.APPLICATION_JSON));
    }
}
