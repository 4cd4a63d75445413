package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryParameterValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MERGE and UPDATE … FROM, seen through Google's own client. */
class MergeTests {

    @TempDir
    Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder);
        server.client().create(DatasetInfo.of("house"));
        run("CREATE TABLE house.stock (id INT64 NOT NULL, name STRING, amount INT64)");
        run("CREATE TABLE house.news (id INT64, name STRING, amount INT64)");
        run("INSERT INTO house.stock VALUES (1, 'one', 10), (2, 'two', 20), (3, 'three', NULL)");
        run("INSERT INTO house.news VALUES (2, 'zwei', 21), (3, 'three', NULL), (4, 'vier', 40)");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private QueryStatistics run(String sql) throws InterruptedException {
        return server.query(sql, UnaryOperator.identity()).getStatistics();
    }

    private String stock() throws InterruptedException {
        return String.join(
                " ",
                server.column("SELECT CONCAT(CAST(id AS STRING), ':', name, ':',"
                        + " IFNULL(CAST(amount AS STRING), '-')) FROM house.stock ORDER BY id, name"));
    }

    private static String counts(QueryStatistics statistics) {
        var dml = statistics.getDmlStats();
        return "%d inserted, %d updated, %d deleted, %d affected"
                .formatted(
                        dml.getInsertedRowCount(),
                        dml.getUpdatedRowCount(),
                        dml.getDeletedRowCount(),
                        statistics.getNumDmlAffectedRows());
    }

    @Test
    void eachRowTakesItsFirstClause() throws Exception {
        QueryStatistics merge = run("""
                MERGE house.stock AS t USING house.news AS s ON t.id = s.id
                WHEN MATCHED AND t.amount IS NULL THEN DELETE
                WHEN MATCHED THEN UPDATE SET name = s.name, t.amount = t.amount + s.amount
                WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, UPPER(s.name))
                WHEN NOT MATCHED BY SOURCE THEN UPDATE SET name = 'gone'""");

        assertThat(merge.getStatementType()).hasToString("MERGE");
        assertThat(counts(merge)).isEqualTo("1 inserted, 2 updated, 1 deleted, 4 affected");
        assertThat(stock()).isEqualTo("1:gone:10 2:zwei:41 4:VIER:-");
    }

    @Test
    void onlyWhatDiffersIsChanged() throws Exception {
        QueryStatistics merge = server.query(
                        """
                MERGE INTO house.stock t
                USING (SELECT * FROM house.news WHERE id >= @least) s ON t.id = s.id
                WHEN MATCHED AND (t.name IS DISTINCT FROM s.name OR t.amount IS DISTINCT FROM s.amount)
                  THEN UPDATE SET name = s.name, amount = s.amount
                WHEN NOT MATCHED BY TARGET THEN INSERT ROW""", query -> query.addNamedParameter("least", QueryParameterValue.int64(1)))
                .getStatistics();

        assertThat(counts(merge)).isEqualTo("1 inserted, 1 updated, 0 deleted, 2 affected");
        assertThat(stock()).isEqualTo("1:one:10 2:zwei:21 3:three:- 4:vier:40");
    }

    @Test
    void aTableIsReplacedByAMergeThatMatchesNothing() throws Exception {
        QueryStatistics merge = run("MERGE house.stock USING house.news ON FALSE"
                + " WHEN NOT MATCHED THEN INSERT VALUES (id, name, DEFAULT)"
                + " WHEN NOT MATCHED BY SOURCE AND amount IS NOT NULL THEN DELETE");

        assertThat(counts(merge)).isEqualTo("3 inserted, 0 updated, 2 deleted, 5 affected");
        assertThat(stock()).isEqualTo("2:zwei:- 3:three:- 3:three:- 4:vier:-");
    }

    @Test
    void twoSourceRowsForOneTargetRowFailAndChangeNothing() throws Exception {
        run("INSERT INTO house.news VALUES (2, 'deux', 22)");
        for (String twice : new String[] {
            "MERGE house.stock t USING house.news s ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name",
            "MERGE house.stock t USING house.news s ON t.id = s.id WHEN MATCHED THEN DELETE",
            "UPDATE house.stock t SET name = s.name FROM house.news s WHERE t.id = s.id"
        }) {
            assertThatExceptionOfType(BigQueryException.class)
                    .isThrownBy(() -> run(twice))
                    .withMessageContaining("UPDATE/MERGE must match at most one source row for each target row");
        }
        assertThat(stock()).isEqualTo("1:one:10 2:two:20 3:three:-");

        // a pair that no clause is about does no harm
        assertThat(counts(run("MERGE house.stock t USING house.news s ON t.id = s.id"
                        + " WHEN MATCHED AND s.amount = 22 THEN UPDATE SET name = s.name")))
                .isEqualTo("0 inserted, 1 updated, 0 deleted, 1 affected");
    }

    @Test
    void anUpdateReadsOtherTablesAndItself() throws Exception {
        QueryStatistics update =
                run("UPDATE house.stock AS t SET amount = s.amount + (SELECT COUNT(*) FROM house.stock)"
                        + " FROM house.news AS s JOIN house.news AS again ON s.id = again.id"
                        + " WHERE t.id = s.id AND s.amount IS NOT NULL");

        assertThat(update.getStatementType()).hasToString("UPDATE");
        assertThat(counts(update)).isEqualTo("0 inserted, 1 updated, 0 deleted, 1 affected");
        assertThat(stock()).isEqualTo("1:one:10 2:two:24 3:three:-");
    }

    @Test
    void bytesAreThoseOfWholeRowsOnlyWhenRowsAreReplaced() throws Exception {
        String merge = "MERGE house.stock t USING (SELECT 9 AS id) s ON t.id = s.id ";
        assertThat(run(merge + "WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)")
                        .getTotalBytesProcessed())
                .isEqualTo(3 * 8);
        // 4 ids, 2 amounts, 3 names of 2 bytes and 3 + 3 + 5 letters
        assertThat(run(merge + "WHEN MATCHED THEN UPDATE SET name = 'x'").getTotalBytesProcessed())
                .isEqualTo(4 * 8 + 2 * 8 + 3 * 2 + 11);
    }

    @Test
    void aRequiredColumnIsRequiredOfAMerge() {
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> run("MERGE house.stock t USING (SELECT 9 AS id) s ON t.id = s.id"
                        + " WHEN NOT MATCHED THEN INSERT (name) VALUES ('x')"))
                .satisfies(e -> assertThat(e.getError().getReason()).isEqualTo("invalidQuery"));
    }

    @Test
    void aMergeNamesNoColumnThatItDoesNotHave() throws IOException {
        for (String wrong : new String[] {
            "WHEN MATCHED THEN UPDATE SET nothing = 1",
            "WHEN MATCHED THEN UPDATE SET name = 'x', name = 'y'",
            "WHEN NOT MATCHED THEN INSERT (id) VALUES (t.id)",
            "WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id)",
            "WHEN NOT MATCHED BY SOURCE THEN UPDATE SET name = s.name",
            "WHEN NOT MATCHED BY SOURCE THEN INSERT (id) VALUES (1)",
            "WHEN MATCHED THEN UPDATE SET name = MAX(s.name)",
        }) {
            assertThatExceptionOfType(BigQueryException.class)
                    .as(wrong)
                    .isThrownBy(() -> run("MERGE house.stock t USING house.news s ON t.id = s.id " + wrong));
        }
    }
}
