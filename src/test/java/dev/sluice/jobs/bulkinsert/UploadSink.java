package dev.sluice.jobs.bulkinsert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.TableCatalogue;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A process that answers like BigQuery as far as a bulk insert asks, keeps nothing, and counts bytes, rows and load
 * jobs. Three ports: HTTP, TLS, and HTTP that takes 1 Gbit/s.
 */
final class UploadSink {

    private static final long SHAPED_BYTES_PER_SECOND = 125_000_000;
    private static final long NANOS = 1_000_000_000;
    private static final Pattern JOB_ID = Pattern.compile("\"jobId\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final Map<String, Long> sessionRows = new ConcurrentHashMap<>();
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
     * Arguments: key store, its password, the checkout, the table that is there. Prints the three addresses in one line
     * and serves until it is killed, or until nobody holds its standard input any more.
     */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        var table =
                TableCatalogue.load(Path.of(arguments[2])).find(arguments[3]).orElseThrow();
        var sink = new UploadSink(System::nanoTime, table);
        var tls = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        tls.setHttpsConfigurator(new HttpsConfigurator(context(arguments[0], arguments[1].toCharArray())));
        System.out.printf(
                "%s %s %s%n",
                sink.serve(HttpServer.create(new InetSocketAddress("localhost", 0), 0), "http", Long.MAX_VALUE),
                sink.serve(tls, "https", Long.MAX_VALUE),
                sink.serve(
                        HttpServer.create(new InetSocketAddress("localhost", 0), 0), "http", SHAPED_BYTES_PER_SECOND));
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

    private String serve(HttpServer server, String scheme, long bytesPerSecond) {
        String url = "%s://localhost:%d".formatted(scheme, server.getAddress().getPort());
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> answer(exchange, url, bytesPerSecond));
        server.start();
        return url;
    }

    private void answer(HttpExchange exchange, String url, long bytesPerSecond) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (method.equals("PUT")) {
            take(exchange, bytesPerSecond);
            return;
        }
        String body = body(exchange);
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("/upload/")) {
            String id = String.valueOf(ids.incrementAndGet());
            sessions.put(id, body);
            exchange.getResponseHeaders().set("Location", url + "/session/" + id);
            send(exchange, 200, "{}");
        } else if (path.equals("/reset")) {
            rows.set(0);
            bytes.set(0);
            loads.set(0);
            send(exchange, 200, "{}");
        } else if (path.equals("/counts")) {
            send(exchange, 200, rows + " " + bytes + " " + loads);
        } else if (path.contains("/queries/")) {
            send(
                    exchange,
                    200,
                    "{\"jobComplete\":true,\"totalRows\":\"1\",\"jobReference\":{\"projectId\":\"p\",\"jobId\":\"%s\"},\"schema\":{\"fields\":[{\"name\":\"staged\",\"type\":\"INTEGER\"}]},\"rows\":[{\"f\":[{\"v\":\"%d\"}]}]}"
                            .formatted(name, rows.get()));
        } else if (path.endsWith("/jobs") && method.equals("POST")) {
            send(exchange, 200, query(body));
        } else if (path.contains("/jobs/") && jobs.containsKey(name)) {
            send(exchange, 200, jobs.get(name));
        } else if (method.equals("GET") && path.endsWith("/tables/" + tableName)) {
            send(exchange, 200, table);
        } else if (method.equals("GET")) {
            send(
                    exchange,
                    404,
                    "{\"error\":{\"code\":404,\"message\":\"none\",\"errors\":[{\"reason\":\"notFound\"}]}}");
        } else {
            send(exchange, 200, body.isEmpty() ? "{}" : body);
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
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

    private void take(HttpExchange exchange, long bytesPerSecond) throws IOException {
        String session = exchange.getRequestURI().getPath().substring("/session/".length());
        Matcher range =
                RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Range")));
        if (!range.matches()) {
            send(exchange, 400, "{}");
            return;
        }
        sessionRows.merge(session, count(exchange.getRequestBody(), bytesPerSecond), Long::sum);
        if (Long.parseLong(range.group(2)) + 1 < Long.parseLong(range.group(3))) {
            exchange.getResponseHeaders().set("Range", "bytes=0-" + range.group(2));
            send(exchange, 308, "");
            return;
        }
        long loaded = sessionRows.remove(session);
        rows.addAndGet(loaded);
        loads.incrementAndGet();
        String body = String.valueOf(sessions.remove(session));
        Matcher id = JOB_ID.matcher(body);
        String job = done(body, "\"load\":{\"outputRows\":\"%d\"}".formatted(loaded));
        if (id.find()) {
            jobs.put(id.group(1), job);
        }
        send(exchange, 200, job);
    }

    private long count(InputStream in, long bytesPerSecond) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long began = nanoTime.getAsLong();
        long taken = 0;
        long lines = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (int i = 0; i < n; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
            taken += n;
            bytes.addAndGet(n);
            if (bytesPerSecond < Long.MAX_VALUE) {
                long due = began + taken * NANOS / bytesPerSecond;
                LockSupport.parkNanos(Math.max(0, due - nanoTime.getAsLong()));
            }
        }
        return lines;
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (exchange) {
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
