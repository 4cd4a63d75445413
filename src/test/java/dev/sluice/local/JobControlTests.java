package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus.State;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every endless statement in here takes many minutes if nothing ends it. */
@Timeout(60)
class JobControlTests {

    private static final int MANY = 20_000;
    private static final String ENDLESS_INSERT = "INSERT INTO house.people (id) " + LocalServer.ENDLESS;

    @TempDir
    Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder);
        server.populate(MANY);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static QueryJobConfiguration query(String sql) {
        return QueryJobConfiguration.of(sql);
    }

    @Test
    void cancellingEndsARunningStatement() throws Exception {
        for (String sql : new String[] {LocalServer.ENDLESS, ENDLESS_INSERT}) {
            Job job = server.running("endless" + sql.length(), query(sql));

            assertThat(job.cancel()).isTrue();

            assertThat(server.end("endless" + sql.length()))
                    .contains("\"reason\":\"stopped\"", "User requested cancellation");
        }
    }

    @Test
    void aTimeoutEndsARunningStatement() throws Exception {
        var query = QueryJobConfiguration.newBuilder(ENDLESS_INSERT)
                .setJobTimeoutMs(500L)
                .build();

        server.client()
                .create(JobInfo.newBuilder(query).setJobId(JobId.of("endless")).build());

        assertThat(server.end("endless")).contains("\"reason\":\"stopped\"", "Job timed out after 500 ms");
    }

    @Test
    void loopsWithoutStepsCanBeEnded() throws Exception {
        for (String loop : List.of("WHILE TRUE DO END WHILE", "REPEAT UNTIL FALSE END REPEAT")) {
            Job job = server.running("loop" + loop.length(), query(loop));

            assertThat(job.cancel()).isTrue();

            assertThat(server.end("loop" + loop.length())).contains("\"reason\":\"stopped\"");
        }
    }

    @Test
    void cancellingEndsARunningLoad() throws Exception {
        Path file = server.object("many/people.json");
        Files.writeString(file, LocalServer.numbered(MANY).repeat(200));
        var load = LoadJobConfiguration.newBuilder(TableId.of("house", "loaded"), "gs://many/people.json")
                .setFormatOptions(FormatOptions.json())
                .setSchema(LocalServer.PEOPLE)
                .build();
        Job job = server.client()
                .create(JobInfo.newBuilder(load).setJobId(JobId.of("load")).build());

        LocalServer.awaitState(job, State.RUNNING).cancel();

        assertThat(server.end("load")).contains("\"reason\":\"stopped\"", "User requested cancellation");
        assertThat(server.client().getTable("house", "loaded")).isNull();
    }

    @Test
    void aWaitingJobIsCancelledBeforeItBegins() throws Exception {
        Job first = server.running("first", query(ENDLESS_INSERT));
        Job second = server.client()
                .create(JobInfo.newBuilder(query("TRUNCATE TABLE house.people"))
                        .setJobId(JobId.of("second"))
                        .build());
        assertThat(second.getStatus().getState()).isEqualTo(State.PENDING);

        second.cancel();

        assertThat(server.end("second")).contains("\"reason\":\"stopped\"");
        assertThat(first.reload().getStatus().getState()).isEqualTo(State.RUNNING);
        first.cancel();
        server.end("first");
        assertThat(server.column("SELECT COUNT(*) AS n FROM house.people")).containsExactly(String.valueOf(MANY));
    }

    @Test
    void nothingElseWaitsForARunningJob() throws Exception {
        Job endless = server.running("endless", query(ENDLESS_INSERT));
        TableId people = TableId.of("house", "people");

        var configuration = WriteChannelConfiguration.newBuilder(people)
                .setFormatOptions(FormatOptions.json())
                .build();
        server.load(configuration, LocalServer.numbered(1));
        assertThat(server.client().getTable(people).getNumRows()).isEqualTo(MANY + 1);
        assertThat(server.column("SELECT COUNT(*) AS n FROM house.people")).containsExactly(String.valueOf(MANY + 1));
        server.client().create(com.google.cloud.bigquery.DatasetInfo.of("another"));
        assertThat(endless.reload().getStatus().getState()).isEqualTo(State.RUNNING);
        endless.cancel();
    }

    @Test
    void aJobThatRanWhenTheServerClosedRunsAgainUnderItsId() throws Exception {
        server.running("endless", query(ENDLESS_INSERT));

        server.reopen();

        Job job = LocalServer.awaitState(server.client().getJob(JobId.of("endless")), State.RUNNING);
        job.cancel();
        assertThat(server.end("endless")).contains("\"reason\":\"stopped\"");
    }

    @Test
    void aLoadThatIsCutOffAgainAndAgainIsAppliedOnce() throws Exception {
        var configuration = WriteChannelConfiguration.newBuilder(TableId.of("house", "people"))
                .setFormatOptions(FormatOptions.json())
                .build();
        server.begin("load", configuration, LocalServer.numbered(3 * MANY));

        for (int closed = 0; closed < 3; closed++) {
            server.reopen();
        }

        Job load = server.client().getJob(JobId.of("load")).waitFor();
        assertThat(load.getStatus().getError()).isNull();
        assertThat(server.column("SELECT COUNT(*) AS n FROM house.people")).containsExactly(String.valueOf(4 * MANY));
        server.reopen();
        assertThat(server.column("SELECT COUNT(*) AS n FROM house.people")).containsExactly(String.valueOf(4 * MANY));
        assertThat(folder.resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void manyJobsAtOnceLoseNoRow() throws Exception {
        server.query("DELETE FROM house.people WHERE id > 1", UnaryOperator.identity());
        for (int i = 0; i < 30; i++) {
            String sql = i % 3 == 0
                    ? "SELECT COUNT(*) AS n FROM house.people"
                    : "INSERT INTO house.people (id) SELECT id + %d FROM house.people WHERE id = 1".formatted(i);
            server.client()
                    .create(JobInfo.newBuilder(query(sql))
                            .setJobId(JobId.of("j" + i))
                            .build());
            server.client().create(com.google.cloud.bigquery.DatasetInfo.of("d" + i));
        }

        for (int i = 0; i < 30; i++) {
            Job job = LocalServer.awaitState(server.client().getJob(JobId.of("j" + i)), State.DONE);
            assertThat(job.getStatus().getError()).isNull();
        }
        assertThat(server.column("SELECT COUNT(*) AS n FROM house.people")).containsExactly("21");
    }
}
