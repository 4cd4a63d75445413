package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QueryReadsTests {

    private static final String SUBMITTED = """
            {"jobReference": {"projectId": "p", "jobId": "job-1"}}""";
    private static final String PAGE = """
            {"jobComplete": true, "rows": [{"f": [{"v": "%d"}]}], %s
             "schema": {"fields": [{"name": "n", "type": "INTEGER"}]}}""";

    /** Asks a server that gives these answers in turn, each a body for 200 or an error's reason for 400. */
    private static QueryRows query(String... answers) throws IOException {
        Deque<String> left = new ArrayDeque<>(List.of(answers));
        try (var server = new ScriptedServer((request, connection) -> {
                    String answer = left.size() > 1 ? left.remove() : left.element();
                    if (answer.matches("[a-zA-Z]+")) {
                        connection.error(400, answer, "Unrecognized name: nosuch");
                    } else {
                        connection.json(200, answer);
                    }
                });
                var door =
                        new DoorUnderTest(server.url(), 2, Duration.ofSeconds(5), DoorUnderTest.calls(Pauses::brief))) {
            try {
                return door.jobs.query(DoorUnderTest.STATEMENT, door.within(Duration.ofSeconds(10)));
            } finally {
                door.assertNothingLeased();
            }
        }
    }

    private static List<Long> numbers(QueryRows rows) {
        return rows.rows().stream().map(row -> row.get("n").getLongValue()).toList();
    }

    @Test
    void waitsAndReadsEveryPage() throws IOException {
        QueryRows rows = query(
                SUBMITTED,
                "{\"jobComplete\": false}",
                "{\"jobComplete\": false}",
                PAGE.formatted(1, "\"pageToken\": \"a\","),
                PAGE.formatted(2, "\"pageToken\": \"b\","),
                PAGE.formatted(3, ""));
        assertThat(numbers(rows)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void readsAgainWhatCannotBeRead() throws IOException {
        String withoutCells = PAGE.formatted(1, "").replace("\"f\"", "\"g\"");
        assertThat(numbers(query("[", SUBMITTED, withoutCells, "[", PAGE.formatted(1, ""))))
                .containsExactly(1L);
    }

    @Test
    void asksAnewWhenTheQueryItselfHasFailedThroughBigQuerysOwnFault() throws IOException {
        assertThat(numbers(query(SUBMITTED, "jobInternalError", SUBMITTED, PAGE.formatted(1, ""))))
                .containsExactly(1L);
    }

    @Test
    void looksAtTheQueryWhenAskingForItsResultFailsAgainAndAgain() throws IOException {
        String failed = """
                {"jobReference": {"jobId": "job-1"}, "configuration": {}, "statistics": {},
                 "status": {"state": "DONE", "errorResult": {"reason": "backendError"}}}""";
        String[] tries = new String[12];
        Arrays.fill(tries, "tableUnavailable");
        tries[0] = SUBMITTED;
        tries[9] = failed;
        tries[10] = SUBMITTED;
        tries[11] = PAGE.formatted(1, "");
        assertThat(numbers(query(tries))).containsExactly(1L);
    }

    @Test
    void paysOnceForAQueryWhoseSubmissionWasNotAnswered() throws IOException {
        var bigQuery = new MiniBigQuery();
        var lost = new AtomicBoolean();
        try (var server = new ScriptedServer(
                        (request, connection) -> {
                            boolean isLost = request.is("POST", "/jobs") && !lost.getAndSet(true);
                            if (isLost) {
                                WireFault.REPLY_LOST.play(request, connection, bigQuery);
                            } else {
                                WireFault.send(bigQuery.answer(request), connection);
                            }
                        },
                        false);
                var door =
                        new DoorUnderTest(server.url(), 2, Duration.ofSeconds(5), DoorUnderTest.calls(Pauses::brief))) {
            assertThat(door.jobs
                            .query(DoorUnderTest.STATEMENT, door.within(Duration.ofSeconds(10)))
                            .rows())
                    .hasSize(2);
        }
        assertThat(lost).isTrue();
        assertThat(bigQuery.jobs("job-")).isEqualTo(1);
    }

    @Test
    void boundsWhatAQueryMayBillByItsTier() throws IOException {
        var bigQuery = new MiniBigQuery();
        Pattern maximum = Pattern.compile("\"maximumBytesBilled\":\"(\\d+)\"");
        try (var server = new ScriptedServer(
                        (request, connection) -> WireFault.send(bigQuery.answer(request), connection));
                var door =
                        new DoorUnderTest(server.url(), 2, Duration.ofSeconds(5), DoorUnderTest.calls(Pauses::brief))) {
            for (Tier tier : Tier.values()) {
                Deadline deadline = door.deadlines.start(tier, Duration.ofSeconds(10));
                door.jobs.query(DoorUnderTest.STATEMENT, deadline);
                door.results.keep(DoorUnderTest.STATEMENT, deadline);
            }
            assertThat(server.requests().stream()
                            .filter(request -> request.is("POST", "/jobs"))
                            .flatMap(request -> maximum.matcher(request.text()).results())
                            .map(found -> Long.parseLong(found.group(1)) >> 30))
                    .as("GiB for AUTH, USER, INTEGRATION, BATCH and ONBOARDING")
                    .containsExactly(1L, 1L, 2L, 2L, 4L, 4L, 3L, 3L, 5L, 5L);
        }
    }

    /** Neither for its result nor, after that, what became of it. */
    @Test
    void cancelsAQueryThatNobodyCanAskAbout() throws Exception {
        var cancelled = new CountDownLatch(1);
        try (var server = new ScriptedServer((request, connection) -> {
                    if (request.is("POST", "/cancel")) {
                        cancelled.countDown();
                        connection.json(200, "{}");
                    } else if (request.is("POST", "/jobs")) {
                        connection.json(200, SUBMITTED);
                    } else {
                        connection.error(503, "backendError", "not now");
                    }
                });
                var door =
                        new DoorUnderTest(server.url(), 2, Duration.ofSeconds(5), DoorUnderTest.calls(Pauses::brief))) {
            assertThatExceptionOfType(Transient.class)
                    .isThrownBy(() -> door.jobs.query(DoorUnderTest.STATEMENT, door.within(Duration.ofSeconds(10))));
            assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void saysWhatIsWrongWithAQuery() {
        assertThatExceptionOfType(Permanent.class)
                .isThrownBy(() -> query(SUBMITTED, "invalidQuery"))
                .withMessageContaining("test.sql")
                .withMessageContaining("BigQuery job job-")
                .withMessageContaining("Unrecognized name: nosuch")
                .withMessageNotContaining("SELECT");
    }

    @Test
    void givesUpOnPagesThatAreNeverWhole() {
        assertThatExceptionOfType(Transient.class)
                .isThrownBy(() -> query(SUBMITTED, "{\"jobComplete\": true, \"rows\": [{}], \"schema\": 7}"))
                .withMessageContaining("8 times");
    }
}
