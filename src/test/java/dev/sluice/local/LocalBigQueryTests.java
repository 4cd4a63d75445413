package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQuery.JobListOption;
import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.LoadStatistics;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBigQueryTests {

    private static final String ROWS = """
            {"id":1,"name":"Ada","born":"1815-12-10T00:00:00Z"}
            {"id":2,"name":null}
            {"id":"3","name":"Göran"}
            """;

    @TempDir
    Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aDatasetComesBackAsItWasCreated() {
        server.client()
                .create(DatasetInfo.newBuilder("house")
                        .setDescription("of cards")
                        .setLocation("EU")
                        .build());

        Dataset found = server.client().getDataset("house");

        assertThat(found.getDescription()).isEqualTo("of cards");
        assertThat(found.getLocation()).isEqualTo("EU");
        assertThat(server.client().listDatasets().iterateAll())
                .extracting(dataset -> dataset.getDatasetId().getDataset())
                .containsExactly("house");
        assertThat(server.client().getDataset("missing")).isNull();
    }

    @Test
    void aTableKeepsItsPartitioningAndClustering() {
        server.client().create(DatasetInfo.of("house"));
        var partitioning = TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                .setField("born")
                .setExpirationMs(86_400_000L)
                .build();
        var clustering =
                Clustering.newBuilder().setFields(List.of("name", "id")).build();
        var definition = StandardTableDefinition.newBuilder()
                .setSchema(LocalServer.PEOPLE)
                .setTimePartitioning(partitioning)
                .setClustering(clustering)
                .build();
        server.client().create(TableInfo.of(TableId.of("house", "people"), definition));

        Table table = server.client().getTable("house", "people");

        StandardTableDefinition found = table.getDefinition();
        assertThat(found.getTimePartitioning()).isEqualTo(partitioning);
        assertThat(found.getClustering()).isEqualTo(clustering);
        assertThat(found.getSchema()).isEqualTo(LocalServer.PEOPLE);
        assertThat(server.client().listTables("house").iterateAll()).hasSize(1);
    }

    @Test
    void loadedRowsAreListedInTheOrderOfTheFile() throws Exception {
        TableId people = server.people();

        Job load = server.load(people, FormatOptions.json(), ROWS);

        LoadStatistics statistics = load.getStatistics();
        assertThat(statistics.getOutputRows()).isEqualTo(3);
        var page = server.client().listTableData(people, LocalServer.PEOPLE, TableDataListOption.pageSize(2));
        assertThat(page.getTotalRows()).isEqualTo(3);
        assertThat(page.hasNextPage()).isTrue();
        assertThat(page.streamAll().map(row -> row.get("id").getLongValue())).containsExactly(1L, 2L, 3L);
        var first = page.getValues().iterator().next();
        assertThat(first.get("born").getTimestampInstant()).isEqualTo("1815-12-10T00:00:00Z");
        assertThat(server.client().getTable(people).getNumRows()).isEqualTo(3);
    }

    @Test
    void aLoadWithOneBadRowLeavesNothing() throws Exception {
        TableId people = server.people();

        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.load(people, FormatOptions.json(), ROWS + "{\"id\":4,\"nom\":\"x\"}\n"))
                .withMessageContainingAll("Rows: 4", "No such field: nom")
                .satisfies(e -> assertThat(e.getError().getReason()).isEqualTo("invalid"));

        assertThat(server.client().listTableData(people).getTotalRows()).isZero();
    }

    @Test
    void aQueryBindsItsParameters() throws Exception {
        server.load(server.people(), FormatOptions.json(), ROWS);

        Job job = server.query(
                "SELECT name FROM house.people WHERE id >= @least ORDER BY id",
                query -> query.addNamedParameter("least", QueryParameterValue.int64(2)));

        assertThat(job.getQueryResults().streamAll().map(row -> row.get("name").getValue()))
                .containsExactly(null, "Göran");
    }

    @Test
    void insertAndDeleteSayHowManyRowsTheyChanged() throws Exception {
        server.load(server.people(), FormatOptions.json(), ROWS);

        Job insert = server.query(
                "INSERT INTO house.people (id, name) SELECT id + 10, name FROM house.people", UnaryOperator.identity());
        Job delete = server.query("DELETE FROM house.people WHERE id > 11", UnaryOperator.identity());

        QueryStatistics inserted = insert.getStatistics();
        QueryStatistics deleted = delete.getStatistics();
        assertThat(inserted.getStatementType()).hasToString("INSERT");
        assertThat(inserted.getDmlStats().getInsertedRowCount()).isEqualTo(3);
        assertThat(deleted.getNumDmlAffectedRows()).isEqualTo(2);
        assertThat(deleted.getDmlStats().getDeletedRowCount()).isEqualTo(2);
        assertThat(server.column("SELECT id FROM house.people ORDER BY id")).containsExactly("1", "2", "3", "11");
    }

    @Test
    void aDryRunDescribesTheResultAndChangesNothing() throws Exception {
        server.load(server.people(), FormatOptions.json(), ROWS);

        Job select = server.client().create(dryRun("SELECT id, name FROM house.people"));
        server.client().create(dryRun("DELETE FROM house.people WHERE TRUE"));

        QueryStatistics statistics = select.getStatistics();
        assertThat(statistics.getSchema().getFields()).extracting("name").containsExactly("id", "name");
        assertThat(server.column("SELECT COUNT(*) AS n FROM house.people")).containsExactly("3");
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.client().create(dryRun("SELECT nobody FROM house.people")))
                .satisfies(e -> assertThat(e.getError().getReason()).isEqualTo("invalidQuery"));
    }

    private static JobInfo dryRun(String sql) {
        return JobInfo.of(QueryJobConfiguration.newBuilder(sql).setDryRun(true).build());
    }

    @Test
    void aUsedJobIdIsRefusedWhateverBecameOfItsJob() throws Exception {
        String body = """
                {"jobReference":{"projectId":"sluice-local","jobId":"once"},
                 "configuration":{"query":{"query":"SELECT 1 AS one","useLegacySql":false}}}""";
        HttpResponse<String> first = server.send("POST", "/jobs", body);
        HttpResponse<String> second = server.send("POST", "/jobs", body);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body())
                .contains("\"reason\":\"duplicate\"", "Already Exists: Job sluice-local:US.once", "ALREADY_EXISTS");
        assertThat(server.client().getJob(JobId.of("once")).waitFor().isDone()).isTrue();
    }

    @Test
    void jobsAreListedNewestFirstPageByPage() throws Exception {
        for (int i = 1; i <= 5; i++) {
            server.client()
                    .create(JobInfo.newBuilder(QueryJobConfiguration.of("SELECT 1 AS one"))
                            .setJobId(JobId.of("j" + i))
                            .build())
                    .waitFor();
        }

        var page = server.client().listJobs(JobListOption.pageSize(2));

        assertThat(page.getValues()).hasSize(2);
        assertThat(page.streamAll().map(job -> job.getJobId().getJob())).containsExactly("j5", "j4", "j3", "j2", "j1");
        assertThat(server.client().getJob(JobId.of("nobody"))).isNull();
    }

    @Test
    void resultsComePageByPage() throws Exception {
        server.load(server.people(), FormatOptions.json(), ROWS);
        String id = server.query("SELECT id FROM house.people ORDER BY id", UnaryOperator.identity())
                .getJobId()
                .getJob();

        HttpResponse<String> first = server.send("GET", "/queries/" + id + "?maxResults=2", "");
        HttpResponse<String> last = server.send("GET", "/queries/" + id + "?maxResults=2&pageToken=2", "");

        assertThat(first.body()).contains("\"totalRows\":\"3\"", "\"pageToken\":\"2\"", "\"jobComplete\":true");
        assertThat(last.body()).contains("{\"v\":\"3\"}").doesNotContain("pageToken");
    }

    @Test
    void aMissingTableIsNotFound() throws Exception {
        server.client().create(DatasetInfo.of("house"));

        HttpResponse<String> table = server.send("GET", "/datasets/house/tables/nobody", "");

        assertThat(table.statusCode()).isEqualTo(404);
        assertThat(table.body())
                .contains(
                        "\"reason\":\"notFound\"",
                        "\"message\":\"Not found: Table sluice-local:house.nobody\"",
                        "\"status\":\"NOT_FOUND\"");
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.query("SELECT id FROM house.nobody", UnaryOperator.identity()))
                .satisfies(e -> assertThat(e.getError().getReason()).isEqualTo("notFound"));
    }

    @Test
    void aRequestWithoutTheTokenIsRefused() throws Exception {
        var request =
                server.request("/bigquery/v2/projects/sluice-local/datasets").setHeader("Authorization", "Bearer x");

        HttpResponse<String> answer = server.send(request);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"reason\":\"authError\"", "\"status\":\"UNAUTHENTICATED\"");
    }
}
