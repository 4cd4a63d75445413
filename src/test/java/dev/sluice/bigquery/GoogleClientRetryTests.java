package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import dev.sluice.bigquery.GoogleClient.Call;
import dev.sluice.bigquery.ScriptedServer.Request;
import dev.sluice.bigquery.ScriptedServer.Script;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pinned Google client repeats, and what it does not; {@code reliability.md} §1.2. */
class GoogleClientRetryTests {

    private static final TableId TABLE = TableId.of("d", "t");
    private static final QueryJobConfiguration QUERY = QueryJobConfiguration.of("SELECT 1");
    private static final Pattern JOB_ID = Pattern.compile("\"jobId\":\"([^\"]+)\"");
    private static final String RATE = "Exceeded rate limits: too many";

    /** The calls of the matrix. */
    private enum Asked {
        GET_TABLE(bigquery -> bigquery.getTable(TABLE)),
        LIST_TABLES(bigquery -> bigquery.listTables("d")),
        GET_JOB(bigquery -> bigquery.getJob("j")),
        CANCEL(bigquery -> bigquery.cancel("j")),
        QUERY_FAST(bigquery -> bigquery.query(QUERY)),
        INSERT_OWN_ID(bigquery -> bigquery.create(JobInfo.of(JobId.of("p", "own"), QUERY))),
        INSERT_ALL(bigquery -> bigquery.insertAll(
                InsertAllRequest.newBuilder(TABLE).addRow("id", Map.of("n", 1)).build())),
        UPLOAD(bigquery -> {
            var load = WriteChannelConfiguration.newBuilder(TABLE, FormatOptions.json())
                    .build();
            try (var channel = bigquery.writer(JobId.of("p", "own"), load)) {
                channel.write(ByteBuffer.wrap(new byte[] {'{', '}'}));
            }
        });

        private final Call call;

        Asked(Call call) {
            this.call = call;
        }
    }

    /** Answers an upload's beginning properly, and everything else with this error. */
    private static Script failing(int status, String reason, String message) {
        return (request, connection) -> {
            if (request.is("POST", "uploadType=resumable")) {
                connection.answer(
                        200, Map.of("Location", "http://" + request.headers().get("host") + "/session"), "");
            } else {
                connection.error(status, reason, message);
            }
        };
    }

    private static long attempts(GoogleClient client) {
        return client.server.requests().size() - client.server.count("POST", "uploadType=resumable");
    }

    @ParameterizedTest
    @CsvSource({
        "GET_TABLE, 500, backendError, later, 3",
        "GET_TABLE, 502, badGateway, later, 3",
        "GET_TABLE, 503, backendError, later, 3",
        "GET_TABLE, 504, backendError, later, 3",
        "GET_TABLE, 429, rateLimitExceeded, Exceeded rate limits: x, 1",
        "GET_TABLE, 403, quotaExceeded, Quota exceeded, 1",
        "LIST_TABLES, 503, backendError, later, 3",
        "GET_JOB, 503, backendError, later, 3",
        "CANCEL, 503, backendError, later, 3",
        "QUERY_FAST, 500, backendError, later, 1",
        "QUERY_FAST, 503, backendError, later, 1",
        "QUERY_FAST, 429, rateLimitExceeded, Exceeded rate limits: x, 3",
        "QUERY_FAST, 403, quotaExceeded, Quota exceeded, 1",
        "INSERT_OWN_ID, 500, backendError, later, 1",
        "INSERT_OWN_ID, 503, backendError, later, 1",
        "INSERT_OWN_ID, 429, rateLimitExceeded, Exceeded rate limits: x, 3",
        "INSERT_OWN_ID, 403, quotaExceeded, Quota exceeded, 1",
        "INSERT_ALL, 503, backendError, later, 1",
        "INSERT_ALL, 429, rateLimitExceeded, Exceeded rate limits: x, 1",
        "UPLOAD, 503, backendError, later, 1",
        "UPLOAD, 403, quotaExceeded, Quota exceeded, 1",
    })
    void repeats(Asked asked, int status, String reason, String message, int attempts) throws Exception {
        try (var client = new GoogleClient(failing(status, reason, message))) {
            client.failure(asked.call);
            assertThat(attempts(client)).isEqualTo(attempts);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET_TABLE", "INSERT_OWN_ID", "INSERT_ALL"})
    void repeatsWhateverMetAReset(Asked asked) throws Exception {
        try (var client = new GoogleClient((request, connection) -> connection.reset())) {
            client.failure(asked.call);
            assertThat(attempts(client)).isGreaterThanOrEqualTo(GoogleClient.ATTEMPTS);
        }
    }

    private static List<String> submittedIds(GoogleClient client) {
        return client.server.requests().stream()
                .filter(request -> request.is("POST", "/jobs"))
                .map(Request::text)
                .flatMap(text -> JOB_ID.matcher(text).results().limit(1))
                .map((MatchResult id) -> id.group(1))
                .toList();
    }

    @Test
    void makesANewIdForEachAttemptUnlessItIsGivenOne() throws Exception {
        try (var client = new GoogleClient(failing(429, "rateLimitExceeded", RATE))) {
            client.failure(bigquery -> bigquery.create(JobInfo.of(QUERY)));
            assertThat(submittedIds(client)).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void submitsAgainUnderANewIdWhatWasAcceptedButNotAnswered() throws Exception {
        var requests = new AtomicInteger();
        try (var client = new GoogleClient((request, connection) -> {
            if (requests.incrementAndGet() == 1) {
                connection.reset();
            } else {
                connection.json(200, request.text());
            }
        })) {
            client.bigquery.create(JobInfo.of(QUERY));
            assertThat(submittedIds(client)).as("both were accepted").hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void looksForItsOwnRandomIdAfterAServerError() throws Exception {
        try (var client = new GoogleClient(failing(503, "backendError", "later"))) {
            client.failure(bigquery -> bigquery.create(JobInfo.of(QUERY)));
            assertThat(client.server.count("POST", "/jobs")).isEqualTo(1);
            assertThat(client.server.count("GET", "/jobs/")).isEqualTo(3);
        }
    }

    @Test
    void keepsOneRequestIdThroughItsOwnRepeatsOfAQuery() throws Exception {
        try (var client = new GoogleClient(failing(429, "rateLimitExceeded", RATE))) {
            client.failure(bigquery -> bigquery.query(QUERY));
            assertThat(client.server.requests().stream()
                            .map(Request::text)
                            .map(text -> text.replaceAll(".*\"requestId\":\"([^\"]+)\".*", "$1"))
                            .distinct())
                    .hasSize(1);
        }
    }
}
