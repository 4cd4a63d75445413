package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.TableReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of queries in tables that their jobs name; the recorded cases are in {@link CorpusTests}. */
class QueryDestinationTests extends OwnWarehouse {

    @BeforeEach
    void fill() {
        warehouse.query("CREATE TABLE ds.t AS SELECT 1 AS n");
        warehouse.query("CREATE TABLE ds.p PARTITION BY d AS SELECT d, 1 AS n"
                + " FROM UNNEST([DATE '2024-01-01', DATE '2024-01-02']) AS d");
    }

    private static JobConfigurationQuery into(String table, @Nullable String disposition, String sql) {
        return new JobConfigurationQuery()
                .setQuery(sql)
                .setUseLegacySql(false)
                .setDestinationTable(new TableReference()
                        .setProjectId(Warehouse.PROJECT)
                        .setDatasetId("ds")
                        .setTableId(table))
                .setWriteDisposition(disposition);
    }

    private void refuses(JobConfigurationQuery query, String words) {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> warehouse.query(query))
                .withMessageContaining(words);
    }

    private static JobConfigurationQuery within(String dataset, String sql) {
        return new JobConfigurationQuery()
                .setQuery(sql)
                .setUseLegacySql(false)
                .setDefaultDataset(new DatasetReference().setDatasetId(dataset));
    }

    @Test
    void namesWithoutADatasetAreOfTheDefaultOne() {
        warehouse.dataset("other");
        warehouse.query(within("other", "CREATE TABLE t AS SELECT 5 AS n"));
        warehouse.query(within("ds", "INSERT INTO t (n) VALUES (2)"));
        warehouse.query(within("ds", "CREATE VIEW v AS SELECT n FROM ds.t"));

        String sql = "SELECT SUM(n) FROM t";
        assertThat(warehouse.query(within("ds", sql)).rows()).hasToString("[[3]]");
        assertThat(warehouse.query(within("other", sql)).rows()).hasToString("[[5]]");
        assertThat(warehouse.query(within("other", "SELECT SUM(n) FROM ds.v")).rows())
                .hasToString("[[3]]");
        assertThat(warehouse
                        .query(within("ds", "WITH t AS (SELECT 9 AS n) SELECT n FROM t"))
                        .rows())
                .hasToString("[[9]]");
        assertThat(warehouse
                        .query(within("other", "DECLARE x INT64; SET x = (SELECT n FROM t); SELECT x + n FROM t"))
                        .rows())
                .hasToString("[[10]]");
        assertThat(warehouse
                        .query(within("other", "SELECT table_name FROM INFORMATION_SCHEMA.TABLES"))
                        .rows())
                .hasToString("[[t]]");
        refuses(within("ds", "SELECT n FROM none"), "Not found: Table test-project:ds.none");
        refuses(within("", sql), "Required parameter is missing: defaultDataset.datasetId");
        warehouse.refuses(sql, "Table \"t\" must be qualified with a dataset");
    }

    private void holds(String table, String rows) {
        assertThat(warehouse.rows("SELECT n FROM ds.%s ORDER BY n".formatted(table)))
                .isEqualTo(rows);
    }

    @Test
    void rowsAreAppendedOrTakeThePlaceOfOthers() {
        warehouse.query(into("t", "WRITE_APPEND", "SELECT 2 AS n"));
        holds("t", "[[1], [2]]");
        warehouse.query(into("t", "WRITE_TRUNCATE", "SELECT n * 10 AS n FROM ds.t"));
        holds("t", "[[10], [20]]");
        warehouse.query(into("made", null, "SELECT 7 AS n"));
        holds("made", "[[7]]");
    }

    @Test
    void rowsKeepToTheLimitsOfTheTable() {
        warehouse.query("CREATE TABLE ds.l (n NUMERIC(3, 2), s STRING(3), r STRUCT<t STRING(1)>)");
        warehouse.query(into("l", "WRITE_APPEND", "SELECT 'abc' AS s, NUMERIC '1.239' AS n, STRUCT('x' AS t) AS r"));
        holds("l", "[[1.24]]");
        refuses(into("l", "WRITE_APPEND", "SELECT NUMERIC '123.2' AS n"), "NUMERIC(3, 2) has precision 3 and scale 2");
        refuses(into("l", "WRITE_APPEND", "SELECT 'abcd' AS s"), "STRING(3) has maximum length 3");
        refuses(into("l", "WRITE_APPEND", "SELECT STRUCT('xy' AS t) AS r"), "STRING(1) has maximum length 1");
        holds("l", "[[1.24]]");
    }

    @Test
    void aTableWithRowsIsKeptUnlessThatIsSaid() {
        refuses(into("t", null, "SELECT 2 AS n"), "Already Exists");
        refuses(into("t", "WRITE_APPEND", "SELECT 'x' AS n"), "has changed type from INTEGER to STRING");
        refuses(into("t", "WRITE_APPEND", "SELECT 2 AS n, 3 AS more"), "Cannot add fields (field: more");
        refuses(into("none", null, "SELECT 1 AS n").setCreateDisposition("CREATE_NEVER"), "Not found: Table");
        holds("t", "[[1]]");
    }

    @Test
    void oneMoreColumnIsAddedIfThatIsSaid() {
        var added = new ArrayList<>(List.of("ALLOW_FIELD_ADDITION"));
        warehouse.query(into("t", "WRITE_APPEND", "SELECT 'x' AS more, 2 AS n").setSchemaUpdateOptions(added));
        assertThat(warehouse.rows("SELECT n, more FROM ds.t ORDER BY n")).isEqualTo("[[1, null], [2, x]]");
        refuses(
                into("t", "WRITE_TRUNCATE", "SELECT 1 AS n").setSchemaUpdateOptions(added),
                "Schema update options should only be specified with WRITE_APPEND");
    }

    @Test
    void onePartitionIsReplacedByItsOwnRows() {
        warehouse.query(into("p$20240102", "WRITE_TRUNCATE", "SELECT DATE '2024-01-02' AS d, 9 AS n"));
        holds("p", "[[1], [9]]");
        refuses(
                into("p$20240102", "WRITE_TRUNCATE", "SELECT DATE '2024-01-03' AS d, 8 AS n"),
                "Some rows belong to different partitions");
        holds("p", "[[1], [9]]");
    }

    @Test
    void theColumnOfThePartitionsCannotGo() {
        refuses(
                into("p", "WRITE_TRUNCATE", "SELECT 8 AS n"),
                "The field specified for partitioning cannot be found in the schema");
        holds("p", "[[1], [1]]");
    }

    @Test
    void onlyQueriesHaveADestination() {
        refuses(into("t", null, "DELETE FROM ds.t WHERE TRUE"), "Cannot set destination table in jobs with DELETE");
        refuses(
                new JobConfigurationQuery()
                        .setQuery("SELECT 1")
                        .setUseLegacySql(false)
                        .setClustering(new Clustering().setFields(List.of("n"))),
                "queries with clustering and without a destinationTable");
    }

    @Test
    void aTableHasEachNameOnce() {
        refuses(
                into("made", "WRITE_EMPTY", "SELECT 1 AS x, 2 AS X, 3 AS y, 4 AS y, 5 AS y"),
                "Duplicate column names in the result are not supported when a destination table is present."
                        + " Found duplicate(s): X, y");
        warehouse.refuses(
                "CREATE TABLE ds.made AS SELECT 1 AS x, 2 AS x", "CREATE TABLE has columns with duplicate name x");
        assertThat(warehouse.query("SELECT 1 AS x, 2 AS x").names()).containsExactly("x", "x_1");
        assertThat(warehouse
                        .query(into("made", "WRITE_EMPTY", "SELECT 1 AS x, 2 AS x_1, 3, 4"))
                        .names())
                .containsExactly("x", "x_1", "f0_", "f1_");
    }
}
