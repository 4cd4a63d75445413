package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTests {

    private static final long TEN_MEBIBYTES = 10 << 20;
    private static final String ROWS = """
            {"id":1,"name":"Ada","born":"1815-12-10T00:00:00Z"}
            {"id":2,"name":"Göran"}
            """;

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private LocalServer server;

    private static final class SetClock extends Clock {

        private volatile Instant now = Instant.parse("2026-11-24T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder, clock);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aPatchChangesDescriptionLabelsAndExpirationOnly() {
        TableId people = server.people();
        Table table = server.client().getTable(people);
        long later = clock.millis() + 1000;

        table.toBuilder()
                .setDescription("who")
                .setLabels(Map.of("team", "blue"))
                .setExpirationTime(later)
                .build()
                .update();

        Table found = server.client().getTable(people);
        assertThat(found.getDescription()).isEqualTo("who");
        assertThat(found.getLabels()).containsExactly(Map.entry("team", "blue"));
        assertThat(found.getExpirationTime()).isEqualTo(later);
        assertThat(found.getEtag()).isNotEqualTo(table.getEtag());
    }

    @Test
    void anExpiredTableIsGoneWithItsRows() throws Exception {
        TableId people = server.people();
        server.load(people, FormatOptions.json(), ROWS);
        server.client().getTable(people).toBuilder()
                .setExpirationTime(clock.millis() + 1000)
                .build()
                .update();

        clock.now = clock.now.plusSeconds(2);
        assertThat(server.client().getTable(people)).isNull();
        server.client()
                .create(com.google.cloud.bigquery.TableInfo.of(
                        people, com.google.cloud.bigquery.StandardTableDefinition.of(LocalServer.PEOPLE)));

        assertThat(server.client().listTableData(people).getTotalRows()).isZero();
    }

    @Test
    void resultsOfAQueryAreKeptForADay() throws Exception {
        String id = server.query("SELECT 1 AS one", UnaryOperator.identity())
                .getJobId()
                .getJob();
        clock.now = clock.now.plus(Duration.ofHours(23));
        assertThat(server.send("GET", "/queries/" + id, "").statusCode()).isEqualTo(200);

        clock.now = clock.now.plus(Duration.ofHours(2));

        assertThat(server.send("GET", "/queries/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aDatasetWithTablesIsDeletedOnlyWithItsContents() {
        server.people();

        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.client().delete("house"))
                .satisfies(e -> assertThat(e.getError().getReason()).isEqualTo("resourceInUse"));
        assertThat(server.client().delete("house", DatasetDeleteOption.deleteContents()))
                .isTrue();

        assertThat(server.client().getDataset("house")).isNull();
        server.people();
        assertThat(server.client().delete(TableId.of("house", "people"))).isTrue();
        assertThat(server.client().delete("house")).isTrue();
    }

    @Test
    void theClientsShortWayToAQueryWorks() throws Exception {
        server.load(server.people(), FormatOptions.json(), ROWS);
        var query = QueryJobConfiguration.newBuilder("SELECT name FROM house.people WHERE id = @id")
                .addNamedParameter("id", QueryParameterValue.int64(2))
                .build();

        assertThat(server.client()
                        .query(query)
                        .streamAll()
                        .map(row -> row.get("name").getStringValue()))
                .containsExactly("Göran");
        assertThat(server.client()
                        .query(QueryJobConfiguration.of("DELETE FROM house.people WHERE id = 2"))
                        .getTotalRows())
                .isEqualTo(1);
    }

    @Test
    void aRepeatedQueryRequestIsOneJob() throws Exception {
        server.load(server.people(), FormatOptions.json(), ROWS);
        String request = """
                {"query":"DELETE FROM house.people WHERE id = 2","useLegacySql":false,"requestId":"r1"}""";

        HttpResponse<String> first = server.send("POST", "/queries", request);
        HttpResponse<String> second = server.send("POST", "/queries", request);

        assertThat(first.body()).contains("\"numDmlAffectedRows\":\"1\"", "\"jobComplete\":true");
        assertThat(second.body()).contains("\"numDmlAffectedRows\":\"1\"", "job_r1");
    }

    @Test
    void aQueryIsChargedForTheColumnsThatItNames() throws Exception {
        TableId people = server.people();
        server.load(people, FormatOptions.json(), ROWS);
        assertThat(server.client().getTable(people).getNumBytes()).isEqualTo(2 * 8 + 5 + 8 + 8);

        assertCharged("SELECT name FROM house.people", 5 + 8, TEN_MEBIBYTES);
        assertCharged("SELECT name FROM house.people WHERE id = 1", 5 + 8 + 16, TEN_MEBIBYTES);
        assertCharged("SELECT * FROM house.people", 5 + 8 + 16 + 8, TEN_MEBIBYTES);
        assertCharged("SELECT COUNT(*) AS n FROM house.people", 0, 0);
        assertCharged("SELECT 1 AS one", 0, 0);
        assertCharged("DELETE FROM house.people WHERE id = 1", 5 + 8 + 16 + 8, TEN_MEBIBYTES);
    }

    private void assertCharged(String sql, long processed, long billed) throws InterruptedException {
        Job job = server.query(sql, UnaryOperator.identity());
        QueryStatistics statistics = job.getStatistics();
        assertThat(statistics.getTotalBytesProcessed()).as(sql).isEqualTo(processed);
        assertThat(statistics.getTotalBytesBilled()).as(sql).isEqualTo(billed);
        assertThat(statistics.getTotalSlotMs()).as(sql).isPositive();
    }

    @Test
    void aQueryAboveItsLimitOfBytesDoesNothing() throws Exception {
        server.load(server.people(), FormatOptions.json(), ROWS);

        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.query(
                        "DELETE FROM house.people WHERE TRUE", query -> query.setMaximumBytesBilled(TEN_MEBIBYTES - 1)))
                .satisfies(e -> assertThat(e.getError().getReason()).isEqualTo("bytesBilledLimitExceeded"));

        assertThat(server.column("SELECT COUNT(*) AS n FROM house.people")).containsExactly("2");
    }

    @Test
    void filesAreTheirOwnersOnly() throws Exception {
        server.load(server.people(), FormatOptions.json(), ROWS);

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .endsWith("------"));
        }
    }
}
