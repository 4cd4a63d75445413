package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus.State;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import dev.sluice.local.fault.FaultScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What BigQuery documents of DML that meets other DML on its table. */
@Timeout(60)
class DmlConcurrencyTests {

    private static final int RUNNING = 2;
    private static final int QUEUED = 20;

    private static final String CHANGE = "DELETE FROM house.people WHERE id = 3";

    @TempDir
    private Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(
                folder,
                FaultScript.read(
                        Files.writeString(folder.resolve("faults.yaml"), """
                                rules:
                                  - {on: job, job: endless0, fault: stay-running, millis: 60000}
                                  - {on: job, job: endless1, fault: stay-running, millis: 60000}
                                """),
                        Path.of("scripts/fault-script.schema.json"),
                        Clock.systemUTC()));
        server.populate(3);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Job begin(String id, String sql) {
        return server.client()
                .create(JobInfo.newBuilder(QueryJobConfiguration.of(sql))
                        .setJobId(JobId.of(id))
                        .build());
    }

    /** Statements that change rows and end only when they are cancelled. */
    private void endless(int count) throws Exception {
        server.insertAtOnce(jobs("endless", count, CHANGE));
        for (int i = 0; i < count; i++) {
            LocalServer.awaitState(server.client().getJob(JobId.of("endless" + i)), State.RUNNING);
        }
    }

    private static List<String> jobs(String id, int count, String sql) {
        return IntStream.range(0, count)
                .mapToObj("""
                        {"jobReference":{"jobId":"%s%%d"},"configuration":{"query":{"useLegacySql":false,"query":"%s"}}}
                        """.formatted(id, sql)::formatted)
                .toList();
    }

    private void cancel(List<String> ids) throws Exception {
        for (String id : ids) {
            server.client().getJob(JobId.of(id)).cancel();
            server.end(id);
        }
    }

    @Test
    void twoRunTwentyWaitAndOneMoreFails() throws Exception {
        endless(RUNNING);
        server.insertAtOnce(jobs("waiting", QUEUED, "UPDATE house.people SET name = 'w' WHERE id = 99"));
        assertThat(server.client().getJob(JobId.of("waiting19")).getStatus().getState())
                .isEqualTo(State.PENDING);

        begin("toomany", "DELETE FROM house.people WHERE id = 2");

        assertThat(server.end("toomany"))
                .contains(
                        "\"reason\":\"resourcesExceeded\"",
                        "Resources exceeded during query execution: Too many DML statements outstanding against table"
                                + " sluice-local:house.people, limit is 20");
        cancel(List.of("endless0", "endless1"));
        for (int i = 0; i < QUEUED; i++) {
            assertThat(server.end("waiting" + i)).doesNotContain("errorResult");
        }
    }

    @Test
    void rowsThatAreOnlyAddedWaitForNoDml() throws Exception {
        endless(RUNNING);

        assertThat(begin("insert", "INSERT INTO house.people (id) VALUES (4)")
                        .waitFor()
                        .getStatus()
                        .getError())
                .isNull();
        server.load(
                WriteChannelConfiguration.newBuilder(TableId.of("house", "people"))
                        .setFormatOptions(FormatOptions.json())
                        .build(),
                "{\"id\":5}\n");

        assertThat(server.column("SELECT id FROM house.people ORDER BY id")).containsExactly("1", "2", "3", "4", "5");
        cancel(List.of("endless0", "endless1"));
    }

    @Test
    void tablesDoNotWaitForOneAnother() throws Exception {
        server.query("CREATE TABLE house.others AS SELECT 1 AS id", UnaryOperator.identity());
        endless(RUNNING);

        server.query("UPDATE house.others SET id = 2 WHERE id = 1", UnaryOperator.identity());
        server.query("ALTER TABLE house.others ADD COLUMN name STRING", UnaryOperator.identity());

        assertThat(server.column("SELECT id FROM house.others")).containsExactly("2");
        cancel(List.of("endless0", "endless1"));
    }

    @Test
    void whatReplacesATableWaitsForItsDml() throws Exception {
        endless(1);

        Job drop = begin("drop", "DROP TABLE house.people");

        assertThat(drop.getStatus().getState()).isEqualTo(State.PENDING);
        assertThat(begin("after", "INSERT INTO house.people (id) VALUES (4)")
                        .getStatus()
                        .getState())
                .isEqualTo(State.PENDING);
        cancel(List.of("endless0"));
        assertThat(server.end("drop")).doesNotContain("errorResult");
        assertThat(server.end("after")).contains("\"reason\":\"notFound\"");
    }

    @Test
    void aJobThatWaitedWhenTheServerClosedWaitsAgain() throws Exception {
        endless(RUNNING);
        begin("waiting", "DELETE FROM house.people WHERE id = 1");

        server.reopen();

        LocalServer.awaitState(server.client().getJob(JobId.of("endless1")), State.RUNNING);
        assertThat(server.client().getJob(JobId.of("waiting")).getStatus().getState())
                .isEqualTo(State.PENDING);
        cancel(List.of("endless0", "endless1"));
        assertThat(server.end("waiting")).doesNotContain("errorResult");
        assertThat(server.column("SELECT id FROM house.people ORDER BY id")).containsExactly("2", "3");
    }
}
