package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that scripts make for themselves. */
class TemporaryTablesTests extends OwnWarehouse {

    private static final String TABLES = "SELECT COUNT(*) FROM `region-us`.INFORMATION_SCHEMA.TABLES";

    @BeforeEach
    void fill() {
        warehouse.query("CREATE TABLE ds.t (id INT64)");
    }

    @Test
    void areMadeFilledChangedReadAndDropped() {
        assertThat(warehouse.rows("""
                CREATE TEMP TABLE plain (id INT64 NOT NULL, name STRING DEFAULT 'none');
                CREATE TEMPORARY TABLE made AS SELECT 1 AS id, 'a' AS name UNION ALL SELECT 2, 'b';
                INSERT INTO plain SELECT * FROM made;
                UPDATE plain SET name = 'c' WHERE id = 2;
                MERGE plain AS p USING _SESSION.made AS m ON p.id = m.id AND m.id = 1
                  WHEN MATCHED THEN UPDATE SET name = 'd' WHEN NOT MATCHED THEN INSERT (id) VALUES (m.id + 10);
                DELETE FROM _SESSION.plain WHERE id = 2;
                CREATE OR REPLACE TEMP TABLE made AS SELECT MAX(id) AS top FROM made;
                INSERT INTO ds.t SELECT top FROM made;
                DROP TABLE made;
                SELECT id, name FROM plain UNION ALL SELECT id, 'of ds' FROM ds.t ORDER BY id""")).isEqualTo("[[1, d], [2, of ds], [12, none]]");
    }

    @Test
    void endWithTheirScriptAndAreNotListed() {
        assertThat(warehouse.rows("CREATE TEMP TABLE made AS SELECT 1 AS id; " + TABLES))
                .isEqualTo("[[1]]");
        assertThat(left()).isZero();

        warehouse.refuses(
                "CREATE TEMP TABLE made AS SELECT 1 AS id; CREATE TEMP TABLE made AS SELECT 2 AS id", "Already Exists");
        assertThat(left()).isZero();
        warehouse.refuses("SELECT 1; SELECT * FROM made", "Table \"made\" must be qualified with a dataset");
        warehouse.refuses("SELECT 1; SELECT * FROM _SESSION.made", "Not found: Table");
    }

    @Test
    void hideTablesOfTheDefaultDatasetAndNotTheirResults() {
        warehouse.query("INSERT INTO ds.t VALUES (7)");
        String read = "SELECT id FROM t";
        assertThat(rowsInDs(read)).isEqualTo("[[7]]");
        assertThat(rowsInDs("CREATE TEMP TABLE t AS SELECT 1 AS id; " + read)).isEqualTo("[[1]]");
        assertThat(rowsInDs("CREATE TEMP TABLE t AS SELECT 2 AS id; " + read)).isEqualTo("[[2]]");
        assertThat(rowsInDs(read)).isEqualTo("[[7]]");
    }

    private String rowsInDs(String sql) {
        return warehouse
                .query(new JobConfigurationQuery()
                        .setQuery(sql)
                        .setUseLegacySql(false)
                        .setDefaultDataset(new DatasetReference().setDatasetId("ds")))
                .rows()
                .toString();
    }

    private int left() {
        return warehouse.change((connection, tables) -> Store.texts(
                        connection, "SELECT name FROM meta.tables WHERE starts_with(dataset, '_sluice_script_')")
                .size());
    }

    /** For those that a script leaves when its server is killed. */
    @Test
    void expireWithinADay() {
        Long expiration = warehouse.change((connection, tables) -> tables.define(
                        connection,
                        new Table()
                                .setTableReference(new TableReference()
                                        .setProjectId(Warehouse.PROJECT)
                                        .setDatasetId(TemporaryTables.dataset("killed"))
                                        .setTableId("made"))
                                .setSchema(new TableSchema()
                                        .setFields(List.of(new TableFieldSchema()
                                                .setName("id")
                                                .setType("INTEGER")))))
                .resource()
                .getExpirationTime());

        assertThat(Instant.ofEpochMilli(expiration))
                .isBetween(
                        Instant.now().plus(TemporaryTables.LIFE).minusSeconds(60),
                        Instant.now().plus(TemporaryTables.LIFE));
    }

    @Test
    void ofOneScriptAreNotThoseOfAnother() throws Exception {
        String script = "CREATE TEMP TABLE made AS SELECT %d AS id; LOOP IF (SELECT COUNT(*) FROM ds.t) = 2 THEN LEAVE;"
                + " END IF; END LOOP; SELECT id FROM made";
        var one = CompletableFuture.supplyAsync(
                () -> warehouse.rows(script.formatted(1).replace("LOOP IF", "INSERT INTO ds.t VALUES (1); LOOP IF")));
        var two = CompletableFuture.supplyAsync(
                () -> warehouse.rows(script.formatted(2).replace("LOOP IF", "INSERT INTO ds.t VALUES (2); LOOP IF")));

        assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo("[[1]]");
        assertThat(two.get(60, TimeUnit.SECONDS)).isEqualTo("[[2]]");
    }

    @Test
    void mayBeMadeAndDroppedWithinTransactions() {
        assertThat(warehouse.rows("""
                BEGIN TRANSACTION;
                CREATE TEMP TABLE kept AS SELECT 1 AS id;
                CREATE TEMP TABLE gone AS SELECT 2 AS id;
                INSERT INTO ds.t SELECT id FROM gone;
                DROP TABLE gone;
                COMMIT TRANSACTION;
                BEGIN TRANSACTION;
                INSERT INTO kept VALUES (3);
                ROLLBACK TRANSACTION;
                SELECT (SELECT COUNT(*) FROM kept), id FROM ds.t""")).isEqualTo("[[1, 2]]");
    }

    @Test
    void needAScriptAndHaveNoDataset() {
        warehouse.refuses(
                "CREATE TEMP TABLE made AS SELECT 1 AS id",
                "Use of CREATE TEMPORARY TABLE requires a script or session");
        warehouse.refuses(
                "SELECT 1; CREATE TEMP TABLE ds.made AS SELECT 1 AS id", "Temporary tables may not be qualified");
        warehouse.refuses("CREATE SCHEMA _sluice_script_x", "are the server's");
    }

    @Test
    void mayBeAnsweredForInVariablesAndViewsMayNotReadThem() {
        assertThat(warehouse.rows("""
                DECLARE most INT64;
                CREATE TEMP TABLE made AS SELECT * FROM UNNEST([3, 5]) AS id;
                SET most = (SELECT MAX(id) FROM made);
                IF EXISTS (SELECT 1 FROM made WHERE id = 3) THEN SET most = most + 1; END IF;
                FOR row IN (SELECT id FROM made) DO SET most = most + row.id; END FOR;
                EXECUTE IMMEDIATE 'INSERT INTO made VALUES (1)';
                SELECT most, COUNT(*) FROM made""")).isEqualTo("[[14, 3]]");
        warehouse.refuses(
                "CREATE TEMP TABLE made AS SELECT 1 AS id; CREATE VIEW ds.v AS SELECT id FROM made;"
                        + " SELECT * FROM ds.v",
                "must be qualified with a dataset");
    }
}
