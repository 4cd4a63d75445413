package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobStatus.State;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that only read are written late; whoever has been told of one finds it, whatever happens. */
@Timeout(60)
class HeldJobsTests {

    private static final int MANY = 20_000;
    private static final int AT_ONCE = 16;

    @TempDir
    Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String insertion(String id, String sql) {
        return """
                {"jobReference":{"jobId":"%s"},"configuration":{"query":{"query":"%s","useLegacySql":false}}}""".formatted(id, sql);
    }

    private Job job(String id) {
        return server.client().getJob(JobId.of(id));
    }

    private void requireWritten(State state) throws Exception {
        try (var killed = LocalServer.killed(folder)) {
            LocalServer.awaitState(killed.client().getJob(JobId.of("told")), state);
        }
    }

    private CompletableFuture<Void> insertEndless() throws Exception {
        server.populate(MANY);
        return CompletableFuture.runAsync(
                () -> server.atOnce("/jobs", List.of(insertion("told", LocalServer.ENDLESS))));
    }

    private void end(CompletableFuture<Void> insertion) throws Exception {
        insertion.join();
        job("told").cancel();
        assertThat(server.end("told")).contains("\"reason\":\"stopped\"", "User requested cancellation");
    }

    @Test
    void whatIsDoneIsWritten() throws Exception {
        server.send("POST", "/jobs", insertion("told", "SELECT 5 AS n"));

        try (var killed = LocalServer.killed(folder)) {
            assertThat(killed.client()
                            .getJob(JobId.of("told"))
                            .getQueryResults()
                            .iterateAll())
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("n").getLongValue()).isEqualTo(5));
        }
    }

    @Test
    void whatHasFailedIsWritten() throws Exception {
        server.send("POST", "/jobs", insertion("told", "SELECT 1 + no_such_column"));

        requireWritten(State.DONE);
    }

    @Test
    void whatTakesLongIsWrittenBeforeTheInsertionIsAnswered() throws Exception {
        server.populate(MANY);
        server.running("told", QueryJobConfiguration.of(LocalServer.ENDLESS));

        requireWritten(State.RUNNING);

        end(CompletableFuture.completedFuture(null));
        requireStopped();
    }

    private void requireStopped() throws Exception {
        server.reopen();
        assertThat(job("told").getStatus().getError().getReason()).isEqualTo("stopped");
    }

    @Test
    void whatSomebodyHasAskedForIsWritten() throws Exception {
        CompletableFuture<Void> insertion = insertEndless();
        while (job("told") == null) {
            Thread.onSpinWait();
        }

        requireWritten(State.RUNNING);

        end(insertion);
    }

    @Test
    void whatIsCalledADuplicateIsWritten() throws Exception {
        CompletableFuture<Void> insertion = insertEndless();
        var same = CompletableFuture.supplyAsync(
                () -> server.atOnce("/jobs", List.of(insertion("told", LocalServer.ENDLESS))));
        CompletableFuture.anyOf(insertion, same).join();

        requireWritten(State.RUNNING);

        assertThat(same.join().get(0).statusCode()).isIn(200, 409);
        end(insertion);
    }

    @Test
    void whatIsListedIsWritten() throws Exception {
        CompletableFuture<Void> insertion = insertEndless();
        while (listed().noneMatch("told"::equals)) {
            Thread.onSpinWait();
        }

        requireWritten(State.RUNNING);

        end(insertion);
    }

    private Stream<String> listed() {
        return StreamSupport.stream(server.client().listJobs().iterateAll().spliterator(), false)
                .map(job -> job.getJobId().getJob());
    }

    @Test
    void whatIsDeletedIsFreeToBeForgotten() throws Exception {
        server.populate(MANY);
        server.running("told", QueryJobConfiguration.of(LocalServer.ENDLESS));
        end(CompletableFuture.completedFuture(null));

        assertThat(server.send("DELETE", "/jobs/told/delete", "").statusCode()).isEqualTo(200);

        assertThat(job("told")).isNull();
    }

    private static String request(long timeoutMillis) {
        return """
                {"requestId":"again","useLegacySql":false,"timeoutMs":%d,"query":"%s"}""".formatted(timeoutMillis, LocalServer.ENDLESS);
    }

    @Test
    void aRequestThatComesAgainWaitsAsLongAsItSays() throws Exception {
        server.populate(MANY);
        var first = CompletableFuture.supplyAsync(() -> server.atOnce("/queries", List.of(request(60_000))));
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("job-reader"))) {
            Thread.onSpinWait();
        }
        long began = System.nanoTime();

        HttpResponse<String> again = server.send("POST", "/queries", request(1000));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(again.body()).contains("\"jobComplete\":false", "\"jobId\":\"job_again\"");
        job("job_again").cancel();
        assertThat(first.join().get(0).body()).contains("\"reason\":\"stopped\"");
    }

    @Test
    void anIdIsTakenOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            List<String> same = Collections.nCopies(AT_ONCE, insertion("same" + round, "SELECT 1"));

            assertThat(server.atOnce("/jobs", same).stream().map(HttpResponse::statusCode))
                    .containsOnlyOnce(200)
                    .containsOnly(200, 409);
        }

        server.reopen();

        assertThat(server.send("POST", "/jobs", insertion("same0", "SELECT 1")).statusCode())
                .isEqualTo(409);
        assertThat(server.send("POST", "/jobs", insertion("same0", "DROP TABLE IF EXISTS house.people"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(server.send("POST", "/jobs", insertion("same10", "SELECT 1")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void idsOfTheServerAreNeverTheSame() throws Exception {
        String unnamed = "{\"configuration\":{\"query\":{\"query\":\"SELECT 1\",\"useLegacySql\":false}}}";
        for (int i = 0; i < 3; i++) {
            assertThat(server.atOnce("/jobs", Collections.nCopies(AT_ONCE, unnamed)).stream()
                            .map(HttpResponse::statusCode))
                    .containsOnly(200);
            server.reopen();
        }

        assertThat(listed()).hasSize(3 * AT_ONCE).doesNotHaveDuplicates();
    }
}
