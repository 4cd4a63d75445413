package dev.sluice.bigquery;

import dev.sluice.ledger.Intents;
import dev.sluice.ledger.QueryRecord;
import dev.sluice.ledger.QueryRecords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A client that asks one small query; thread-safe. */
interface Contender extends AutoCloseable {

    /** @throws IOException if there is no right answer */
    void query(Duration limit) throws IOException, InterruptedException;

    @Override
    void close();

    /** The limit: the same two exchanges by the JDK's client, nothing parsed but the job's id, no deadline but its own. */
    static Contender raw(String url) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Pattern id = Pattern.compile("\"jobId\": \"([^\"]+)\"");
        String project = url + "/bigquery/v2/projects/sluice-local/";
        String job = """
                {"configuration": {"query": {"query": "SELECT 1", "useLegacySql": false, "maximumBytesBilled": "107374182400"},
                 "labels": {"sluice_sql": "test_sql"}, "jobTimeoutMs": "30000"},
                 "jobReference": {"projectId": "sluice-local", "location": "US"}}""";
        return new Contender() {
            @Override
            public void query(Duration limit) throws IOException, InterruptedException {
                String submitted = send(
                        HttpRequest.newBuilder(URI.create(project + "jobs")).POST(BodyPublishers.ofString(job)), limit);
                Matcher found = id.matcher(submitted);
                if (!found.find()) {
                    throw new IOException("no job id");
                }
                String result = send(
                        HttpRequest.newBuilder(URI.create(project + "queries/" + found.group(1) + "?timeoutMs=10000")),
                        limit);
                if (!result.contains("\"jobComplete\": true")) {
                    throw new IOException("no result");
                }
            }

            private String send(HttpRequest.Builder request, Duration limit) throws IOException, InterruptedException {
                return client.send(
                                request.header("Authorization", "Bearer bench")
                                        .timeout(limit)
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
            }

            @Override
            public void close() {}
        };
    }

    /** The gate wide open: what is measured is its cost, not its purpose. */
    static Contender door(String url) {
        return door(url, new GateLimits(10_000, 1_000_000, 50));
    }

    /**
     * The door as a job process wires it, monitor included; what the monitor would keep is thrown away.
     *
     * @param limits of its gate
     */
    static Contender door(String url, GateLimits limits) {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "bench",
                        Map.of(
                                "sluice.bigquery.endpoint",
                                url,
                                "sluice.bigquery.token",
                                "bench",
                                "sluice.bigquery.pool-size",
                                String.valueOf(Math.max(500, limits.concurrent())),
                                "sluice.bigquery.gate.concurrent",
                                String.valueOf(limits.concurrent()),
                                "sluice.bigquery.gate.per-second",
                                String.valueOf(limits.perSecond()),
                                // a busy machine would only fill the screen
                                "sluice.bigquery.monitor.slow",
                                "1h")));
        context.registerBean(Intents.class, IntentsInMemory::new);
        context.registerBean(QueryRecords.class, Forgetful::new);
        context.scan("dev.sluice.bigquery");
        context.refresh();
        BigQueryJobs jobs = context.getBean(BigQueryJobs.class);
        Deadlines deadlines = context.getBean(Deadlines.class);
        var statement = new SqlStatement("test.sql", "SELECT 1", Map.of());
        return new Contender() {
            @Override
            public void query(Duration limit) throws IOException {
                if (jobs.query(statement, deadlines.start(Tier.USER, limit))
                                .rows()
                                .size()
                        != 1) {
                    throw new IOException("no result");
                }
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    /** Keeps nothing. */
    final class Forgetful implements QueryRecords {
        @Override
        public void add(List<QueryRecord> records) {}

        @Override
        public void forgetAfter(Duration retention) {}
    }
}
