package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.QueryParameterValue;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.ScriptedServer.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** However the wait for a BigQuery job ends, the observers are told once. */
class ObservationTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String SUBMITTED = """
            {"jobReference": {"projectId": "p", "jobId": "job-1"}}""";
    private static final String RESULT = """
            {"jobComplete": true, "totalRows": "1", "totalBytesProcessed": "20", "cacheHit": %s,
             "rows": [{"f": [{"v": "1"}]}], "schema": {"fields": [{"name": "n", "type": "INTEGER"}]}}""";
    private static final String STATISTICS = """
            {"configuration": {}, "status": {"state": "DONE"}, "statistics": {"totalSlotMs": "7",
             "totalBytesProcessed": "20", "query": {"totalBytesBilled": "10485760", "cacheHit": false}}}""";

    private static DoorUnderTest door(String url) throws IOException {
        return new DoorUnderTest(url, 4, Duration.ofSeconds(5), DoorUnderTest.calls(Pauses::brief));
    }

    private static Script server(boolean cached) {
        return (request, connection) -> {
            if (request.is("POST", "/jobs")) {
                connection.json(200, SUBMITTED);
            } else if (request.is("GET", "/queries/")) {
                connection.json(200, RESULT.formatted(cached));
            } else {
                connection.json(200, STATISTICS);
            }
        };
    }

    private static SqlStatement ofTenant(String org) {
        return new SqlStatement(
                "family/read.sql", "SELECT @org_slug", Map.of("org_slug", QueryParameterValue.string(org)));
    }

    @Test
    void tellsWhatAReadCostOnlyWhenItIsAsked() throws IOException {
        try (var server = new ScriptedServer(server(false));
                var door = door(server.url())) {
            door.jobs.query(ofTenant("acme_corp"), door.within(LIMIT));

            ObservedJob job = door.observed.get(0);
            assertThat(job.purpose())
                    .isEqualTo(new JobPurpose("query", "family/read.sql", Tier.USER, "acme_corp", null));
            assertThat(job.bigQueryJobId()).isEqualTo(door.queryId(1));
            assertThat(job.outcome()).isEqualTo(JobOutcome.DONE);
            assertThat(job.known()).isEqualTo(new JobFigures(20L, null, null, 1L, false));
            assertThat(server.requests()).hasSize(2);
            assertThat(job.asked().get()).isEqualTo(new JobFigures(20L, 10_485_760L, 7L, 1L, false));
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void knowsThatACachedResultCostsNothing() throws IOException {
        try (var server = new ScriptedServer(server(true));
                var door = door(server.url())) {
            door.jobs.query(ofTenant("acme_corp"), door.within(LIMIT));

            assertThat(door.observed.get(0).asked().get()).isEqualTo(new JobFigures(20L, 0L, 0L, 1L, true));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void tellsAnEffectWithTheNumbersOfItsReceiptAndItsRepetitions() throws IOException {
        try (var server = new JobServer();
                var door = door(server.url())) {
            server.atNextInsert((request, connection) -> connection.error(503, "backendError", "later"));
            server.failNext("backendError");
            door.jobs.execute(DoorUnderTest.effect(LIMIT), DoorUnderTest.STATEMENT);

            assertThat(door.observed).hasSize(1);
            ObservedJob job = door.observed.get(0);
            assertThat(job.purpose()).isEqualTo(new JobPurpose("query", "test.sql", Tier.BATCH, "acme_corp", 1L));
            assertThat(job.bigQueryJobId()).endsWith("-a2");
            assertThat(job.retries()).isEqualTo(2);
            assertThat(job.asked().get()).isEqualTo(new JobFigures(0L, 0L, 0L, 1L, false));
        }
    }

    @Test
    void tellsWhyAWaitEndedWithoutAResult() throws IOException {
        try (var server = new JobServer();
                var door = door(server.url())) {
            server.failNext("invalidQuery");
            server.failNext("stopped");
            server.runNextFor(Integer.MAX_VALUE);
            for (String digest : List.of("a", "b")) {
                assertThatExceptionOfType(Permanent.class)
                        .isThrownBy(
                                () -> door.jobs.execute(DoorUnderTest.effect(digest, LIMIT), DoorUnderTest.STATEMENT));
            }
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> door.jobs.execute(
                            DoorUnderTest.effect("c", Duration.ofMillis(300)), DoorUnderTest.STATEMENT));

            assertThat(door.observed)
                    .extracting(ObservedJob::outcome)
                    .containsExactly(JobOutcome.FAILED, JobOutcome.STOPPED, JobOutcome.DEADLINE_EXCEEDED);
            assertThat(door.observed).extracting(ObservedJob::bigQueryJobId).doesNotContainNull();
            assertThat(door.observed.get(2).elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void tellsEachExchangeRepetitionAndCut() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        var observer = new CallObserver() {
            @Override
            public void admitted(String phase, Tier tier, Duration waited) {
                told.add("admitted " + phase);
            }

            @Override
            public void answered(String phase, Tier tier, String answer, Duration took) {
                told.add("%s %s %s".formatted(phase, tier, answer));
            }

            @Override
            public void repeated(String phase, Tier tier) {
                told.add("again " + phase);
            }

            @Override
            public void cut(String phase, Tier tier) {
                told.add("cut " + phase);
            }
        };
        List<Script> script = new ArrayList<>(List.of(
                (request, connection) -> connection.error(503, "backendError", "later"),
                (request, connection) -> connection.drop(),
                (request, connection) -> connection.json(200, SUBMITTED),
                (request, connection) -> connection.stall()));
        try (var server = new ScriptedServer((request, connection) -> {
                    if (request.is("POST", "/cancel")) {
                        connection.json(200, "{}");
                        return;
                    }
                    Script next;
                    synchronized (script) {
                        next = script.size() > 1 ? script.remove(0) : script.get(0);
                    }
                    next.play(request, connection);
                });
                var door = new DoorUnderTest(server.url(), 4, LIMIT, DoorUnderTest.calls(Pauses::brief, observer))) {
            Deadline deadline = door.within(Duration.ofMillis(600));
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> door.jobs.query(DoorUnderTest.STATEMENT, deadline));

            assertThat(told)
                    .startsWith(
                            "admitted submit",
                            "submit USER backendError",
                            "again submit",
                            "admitted submit",
                            "submit USER broken",
                            "again submit",
                            "admitted submit",
                            "submit USER ok",
                            "admitted poll",
                            "poll USER broken",
                            "cut poll");
            assertThat(door.observed.get(0).retries()).isEqualTo(2);
        }
    }
}
