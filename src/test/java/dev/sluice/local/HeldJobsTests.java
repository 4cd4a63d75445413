package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobStatus.State;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
    private static final String ENDLESS =
            "SELECT COUNT(*) AS n FROM house.people AS x CROSS JOIN house.people AS y CROSS JOIN house.people AS z"
                    + " WHERE x.id + y.id + z.id = 7";

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

    @Test
    void whatIsDoneIsWritten() throws Exception {
        server.send("POST", "/jobs", insertion("quick", "SELECT 5 AS n"));
        server.send("POST", "/jobs", insertion("wrong", "SELECT 1 + no_such_column"));

        server.reopen();

        assertThat(job("quick").getStatus().getState()).isEqualTo(State.DONE);
        assertThat(job("quick").getQueryResults().iterateAll())
                .singleElement()
                .satisfies(row -> assertThat(row.get("n").getLongValue()).isEqualTo(5));
        assertThat(job("wrong").getStatus().getError().getReason()).isEqualTo("invalidQuery");
    }

    @Test
    void whatTakesLongIsWrittenBeforeTheInsertionIsAnswered() throws Exception {
        server.populate(MANY);
        server.running("endless", QueryJobConfiguration.of(ENDLESS));

        server.reopen();

        LocalServer.awaitState(job("endless"), State.RUNNING).cancel();
        assertThat(server.end("endless")).contains("\"reason\":\"stopped\"", "User requested cancellation");
        server.reopen();
        assertThat(job("endless").getStatus().getError().getReason()).isEqualTo("stopped");
    }

    @Test
    void whatIsListedIsWritten() throws Exception {
        server.populate(MANY);
        var insertion = CompletableFuture.runAsync(() -> server.insertAtOnce(List.of(insertion("endless", ENDLESS))));
        while (listed().noneMatch("endless"::equals)) {
            Thread.onSpinWait();
        }

        server.reopen();

        assertThat(job("endless")).isNotNull();
        LocalServer.awaitState(job("endless"), State.RUNNING).cancel();
        server.end("endless");
        insertion.exceptionally(cut -> null).join();
    }

    private Stream<String> listed() {
        return StreamSupport.stream(server.client().listJobs().iterateAll().spliterator(), false)
                .map(job -> job.getJobId().getJob());
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
