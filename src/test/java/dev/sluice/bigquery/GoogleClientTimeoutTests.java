package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.RetryOption;
import com.google.cloud.bigquery.BigQuery.QueryResultsOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.http.HttpTransportOptions;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What the pinned Google client's timeouts do not bound, as {@code reliability.md} §1 measured it. If one of these
 * fails after an upgrade, the door may lean on the client for more, or must guard against something new.
 */
class GoogleClientTimeoutTests {

    private static final QueryJobConfiguration QUERY = QueryJobConfiguration.of("SELECT 1");
    private static final JobId ID =
            JobId.newBuilder().setProject("p").setJob("j").setLocation("US").build();

    private static void neverDone(Request request, Connection connection) throws IOException {
        boolean results = request.path().contains("/queries");
        connection.json(200, results ? """
                {"jobComplete": false, "jobReference": {"projectId": "p", "jobId": "j", "location": "US"}}""" : job("RUNNING", "query"));
    }

    private static void loadNeverDone(Request request, Connection connection) throws IOException {
        connection.json(200, job("RUNNING", "load"));
    }

    private static String job(String state, String type) {
        return """
                {"jobReference": {"projectId": "p", "jobId": "j", "location": "US"}, "status": {"state": "%s"},
                 "configuration": {"jobType": "%s", "%s": {"query": "SELECT 1",
                   "destinationTable": {"projectId": "p", "datasetId": "d", "tableId": "t"}}}}""".formatted(state, type.toUpperCase(Locale.ROOT), type);
    }

    @Test
    void aTricklingAnswerDefeatsEveryTimeoutAndInterrupt() throws Exception {
        try (var client = GoogleClient.impatient((request, connection) -> connection.trickle())) {
            var call = client.new Watched(bigquery -> bigquery.getTable(TableId.of("d", "t")));
            assertThat(call.isRunningAfter(GoogleClient.WATCHED_MILLIS)).isTrue();
            call.interrupt();
            assertThat(call.isRunningAfter(300)).as("after an interrupt").isTrue();
        }
    }

    @Test
    void aReadTimeoutIsNotRetried() throws Exception {
        try (var client = GoogleClient.impatient((request, connection) -> connection.stall())) {
            assertThat(client.status(bigquery -> bigquery.getTable(TableId.of("d", "t"))))
                    .isZero();
            assertThat(client.server.requests()).hasSize(1);
        }
    }

    @Test
    void aReadTimeoutOfAQueryIsNotRetried() throws Exception {
        try (var client = GoogleClient.impatient((request, connection) -> connection.stall())) {
            assertThat(client.status(bigquery -> bigquery.query(QUERY))).isZero();
            assertThat(client.server.requests()).hasSize(1);
        }
    }

    @Test
    void aReadTimeoutOfASubmissionIsNotRetriedAndNothingIsLookedUp() throws Exception {
        try (var client = GoogleClient.impatient((request, connection) -> connection.stall())) {
            assertThat(client.status(bigquery -> bigquery.create(JobInfo.of(ID, QUERY))))
                    .isZero();
            assertThat(client.server.requests()).hasSize(1);
        }
    }

    @Test
    void aQueryThatNeverEndsIsWaitedForPastTheTotalTimeout() throws Exception {
        try (var client = GoogleClient.hasty(GoogleClientTimeoutTests::neverDone)) {
            assertThat(client.outlastsItsLimits(bigquery -> bigquery.query(QUERY)))
                    .isTrue();
            assertThat(client.server.count("POST", "/cancel")).isZero();
        }
    }

    @Test
    void aJobTimeoutIsOnlyAWish() throws Exception {
        var hasty = QueryJobConfiguration.newBuilder("SELECT 1")
                .setJobTimeoutMs(100L)
                .build();
        try (var client = GoogleClient.hasty(GoogleClientTimeoutTests::neverDone)) {
            assertThat(client.outlastsItsLimits(bigquery -> bigquery.query(hasty)))
                    .isTrue();
            assertThat(client.server.requests().get(0).text()).contains("\"jobTimeoutMs\":\"100\"");
            assertThat(client.server.count("POST", "/cancel")).isZero();
        }
    }

    @Test
    void aMaximumWaitForResultsBoundsOnePollOnly() throws Exception {
        try (var client = GoogleClient.hasty(GoogleClientTimeoutTests::neverDone)) {
            assertThat(client.outlastsItsLimits(
                            bigquery -> bigquery.getJob(ID).getQueryResults(QueryResultsOption.maxWaitTime(100))))
                    .isTrue();
        }
    }

    @Test
    void aQueryWithATimeoutReturnsTheJobAndDoesNotCancelIt() throws Exception {
        try (var client = GoogleClient.hasty(GoogleClientTimeoutTests::neverDone)) {
            Object returned = client.bigquery.queryWithTimeout(QUERY, null, 100L);
            assertThat(returned).isInstanceOf(Job.class);
            assertThat(client.server.count("POST", "/cancel")).isZero();
        }
    }

    @Test
    void waitingForAQueryReturnsARunningJobWithoutAnyException() throws Exception {
        try (var client = new GoogleClient(GoogleClientTimeoutTests::neverDone)) {
            Job job = client.bigquery.getJob(ID).waitFor(briefly());
            assertThat(job.getStatus().getState()).isEqualTo(JobStatus.State.RUNNING);
            assertThat(client.server.count("POST", "/cancel")).isZero();
        }
    }

    @Test
    void waitingForALoadThrowsAndCallsItNotRetryable() throws Exception {
        try (var client = new GoogleClient(GoogleClientTimeoutTests::loadNeverDone)) {
            Exception failure = client.failure(bigquery -> bigquery.getJob(ID).waitFor(briefly()));
            assertThat(failure).isInstanceOf(BigQueryException.class);
            assertThat(((BigQueryException) failure).isRetryable()).isFalse();
            assertThat(client.server.count("POST", "/cancel")).isZero();
        }
    }

    private static RetryOption[] briefly() {
        return new RetryOption[] {
            RetryOption.initialRetryDelayDuration(Duration.ofMillis(20)),
            RetryOption.totalTimeoutDuration(Duration.ofMillis(200))
        };
    }

    @Test
    void waitingNeverLooksAtAJobThatHasFailedWhileItsResultsAreRefused() throws Exception {
        try (var client = new GoogleClient((request, connection) -> {
            if (request.path().contains("/queries")) {
                connection.error(403, "rateLimitExceeded", "Exceeded rate limits: too many");
            } else {
                connection.json(200, job("DONE", "query"));
            }
        })) {
            Job job = client.bigquery.getJob(ID);
            long before = client.server.count("GET", "/jobs/");
            var call = client.new Watched(bigquery -> job.waitFor(
                    RetryOption.initialRetryDelayDuration(Duration.ofMillis(20)),
                    RetryOption.totalTimeoutDuration(Duration.ofSeconds(20))));
            assertThat(call.isRunningAfter(GoogleClient.WATCHED_MILLIS)).isTrue();
            assertThat(client.server.count("GET", "/jobs/")).isEqualTo(before);
            assertThat(client.server.count("GET", "/queries/")).isGreaterThan(3);
        }
    }

    @Test
    void theDefaultsAreAMinuteOfReadingAndSixAttempts() {
        BigQueryOptions options = BigQueryOptions.newBuilder().setProjectId("p").build();
        assertThat(((HttpTransportOptions) options.getTransportOptions()).getReadTimeout())
                .isEqualTo(60_000);
        assertThat(options.getRetrySettings().getMaxAttempts()).isEqualTo(6);
        assertThat(options.getRetrySettings().getTotalTimeoutDuration()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void transportOptionsOfOnesOwnDropTheReadTimeout() {
        BigQueryOptions options = BigQueryOptions.newBuilder()
                .setProjectId("p")
                .setTransportOptions(HttpTransportOptions.newBuilder().build())
                .build();
        assertThat(((HttpTransportOptions) options.getTransportOptions()).getReadTimeout())
                .as("unset: the HTTP client's own 20 s")
                .isEqualTo(-1);
    }

    @Test
    void closingTheClientLeavesItsConnectionsOpen() throws Exception {
        try (var client = new GoogleClient((request, connection) -> connection.json(200, """
                        {"tableReference": {"projectId": "p", "datasetId": "d", "tableId": "t"},
                         "type": "TABLE"}"""))) {
            client.bigquery.getTable(TableId.of("d", "t"));
            client.bigquery.close();
            assertThat(client.server.open()).isEqualTo(1);
        }
    }
}
