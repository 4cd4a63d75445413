package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import dev.sluice.ledger.Intents;
import dev.sluice.ledger.QueryRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The door and its monitor as a process wires them, with a gate for one: settings arrive, and meters tell the truth. */
class MeteredDoorTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger submissions = new AtomicInteger();
    private final ScriptedServer server = new ScriptedServer(this::play);
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @AfterEach
    void close() throws IOException {
        context.close();
        server.close();
    }

    private void play(Request request, Connection connection) throws IOException, InterruptedException {
        if (request.is("GET", "/tables/")) {
            answer.await(20, TimeUnit.SECONDS);
            connection.json(200, "{}");
        } else if (request.is("POST", "/jobs") && submissions.incrementAndGet() == 1) {
            connection.error(503, "backendError", "later");
        } else if (request.is("POST", "/jobs")) {
            connection.json(200, "{\"jobReference\": {\"projectId\": \"p\", \"jobId\": \"job-1\"}}");
        } else {
            connection.json(200, """
                    {"jobComplete": true, "totalRows": "1", "rows": [{"f": [{"v": "1"}]}], "cacheHit": true,
                     "schema": {"fields": [{"name": "n", "type": "INTEGER"}]}}""");
        }
    }

    private void open() {
        Map<String, Object> settings = Map.of(
                "sluice.bigquery.endpoint",
                server.url(),
                "sluice.bigquery.token",
                DoorUnderTest.TOKEN,
                "sluice.bigquery.gate.concurrent",
                "1");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.registerBean(Intents.class, IntentsInMemory::new);
        context.registerBean(QueryRecords.class, Contender.Forgetful::new);
        context.registerBean(MeterRegistry.class, () -> meters);
        context.scan("dev.sluice.bigquery");
        context.refresh();
    }

    private void find(Duration limit) {
        BigQueryTables tables = context.getBean(BigQueryTables.class);
        tables.find(DoorUnderTest.TABLE, context.getBean(Deadlines.class).start(Tier.USER, limit));
    }

    private int gauge(String name) {
        return (int) meters.get("sluice.bigquery." + name).gauge().value();
    }

    @Test
    void gaugesWhoIsThereAndWhoWaits() throws Exception {
        open();
        var first = CompletableFuture.runAsync(() -> find(LIMIT));
        Pauses.until(() -> gauge("pool.leased") == 1);
        assertThat(gauge("gate.admitted")).isEqualTo(1);
        assertThat(gauge("pool.open")).isEqualTo(1);

        var second = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(DeadlineExceeded.class, () -> find(Duration.ofSeconds(1))));
        Pauses.until(() -> gauge("gate.waiting") == 1);
        assertThat(second.get(10, TimeUnit.SECONDS).phase()).isEqualTo("gate");
        assertThat(gauge("gate.waiting")).isZero();
        assertThat(meters.get("sluice.bigquery.deadlines")
                        .tags("phase", "gate", "tier", "USER")
                        .counter()
                        .count())
                .isEqualTo(1);

        answer.countDown();
        first.get(10, TimeUnit.SECONDS);
        assertThat(gauge("gate.admitted")).isZero();
        assertThat(gauge("pool.leased")).isZero();
        assertThat(gauge("pool.open")).isEqualTo(1);
        assertThat(gauge("pool.waiting")).isZero();
    }

    @Test
    void timesExchangesAndJobsAndCountsRepetitions() {
        open();
        Deadline deadline = context.getBean(Deadlines.class).start(Tier.USER, LIMIT);
        context.getBean(BigQueryJobs.class).query(DoorUnderTest.STATEMENT, deadline);
        context.close(); // the monitor finishes what is waiting

        assertThat(calls("submit", "backendError")).isEqualTo(1);
        assertThat(calls("submit", "ok")).isEqualTo(1);
        assertThat(calls("poll", "ok")).isEqualTo(1);
        assertThat(meters.get("sluice.bigquery.retries").counter().count()).isEqualTo(1);
        assertThat(meters.get("sluice.bigquery.gate.wait")
                        .tag("phase", "submit")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("sluice.bigquery.jobs")
                        .tags("operation", "test.sql", "tier", "USER", "outcome", "DONE", "severity", "OK")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    private long calls(String phase, String answered) {
        return meters.get("sluice.bigquery.calls")
                .tags("phase", phase, "tier", "USER", "answer", answered)
                .timer()
                .count();
    }
}
