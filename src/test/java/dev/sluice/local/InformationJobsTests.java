package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What INFORMATION_SCHEMA tells of jobs. */
class InformationJobsTests {

    private static final String JOBS = " FROM `region-us`.INFORMATION_SCHEMA.JOBS WHERE job_id = 'j'";

    @TempDir
    private Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder);
        server.client().create(DatasetInfo.of("house"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void job(String configuration) throws Exception {
        server.send(
                "POST",
                "/jobs",
                "{'jobReference':{'jobId':'j'},'configuration':{%s}}"
                        .formatted(configuration)
                        .replace('\'', '"'));
        server.end("j");
    }

    @Test
    void aFailedJobSaysWhyAndWhose() throws Exception {
        job("'labels':{'team':'a'},'query':{'useLegacySql':false,'query':'INSERT house.gone VALUES (1)'}");

        assertThat(server.column(
                        "SELECT CONCAT(error_result.reason, '|', error_result.message, '|', user_email)" + JOBS))
                .containsExactly(
                        "notFound|Not found: Table sluice-local:house.gone was not found in location US|local@sluice.invalid");
        assertThat(server.column(
                        "SELECT l.value" + JOBS.replace("WHERE", ", UNNEST(labels) AS l WHERE l.key = 'team' AND")))
                .containsExactly("a");
        assertThat(server.column("SELECT destination_table IS NULL" + JOBS)).containsExactly("true");
    }

    @Test
    void anExtractIsNoCopy() throws Exception {
        server.query("CREATE TABLE house.t AS SELECT 1 AS x", settings -> settings);
        job("'extract':{'sourceTable':{'datasetId':'house','tableId':'t'},'destinationUris':['gs://out/t.csv']}");

        assertThat(server.column("SELECT job_type" + JOBS)).containsExactly("EXTRACT");
        assertThat(server.column("SELECT error_result IS NULL" + JOBS)).containsExactly("true");
    }

    @Test
    void aCopyTellsItsDestination() throws Exception {
        server.query("CREATE TABLE house.t AS SELECT 1 AS x", settings -> settings);
        job(
                "'copy':{'sourceTable':{'datasetId':'house','tableId':'t'},'destinationTable':{'datasetId':'house','tableId':'u'}}");

        assertThat(server.column("SELECT CONCAT(destination_table.dataset_id, '.', destination_table.table_id)" + JOBS))
                .containsExactly("house.u");
    }

    @Test
    void aCloneTellsItsMoment() throws Exception {
        server.query("CREATE TABLE house.t AS SELECT 1 AS x", settings -> settings);
        server.query("CREATE TABLE house.u CLONE house.t", settings -> settings);

        assertThat(server.column("SELECT snapshot_time_ms <= creation_time AND default_collation_name = 'NULL'"
                        + " FROM house.INFORMATION_SCHEMA.TABLES WHERE table_name = 'u'"))
                .containsExactly("true");
    }
}
