package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DmlStats;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Statements that change rows. */
final class DmlChecks extends Area {

    DmlChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "reference/standard-sql/dml-syntax";
    }

    private DmlStats changed(String sql) throws InterruptedException {
        return at.statistics(sql).getDmlStats();
    }

    private void holds(String rows) throws InterruptedException {
        assertThat(at.rows("SELECT id, name FROM $.dml ORDER BY id")).isEqualTo(rows);
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.concat(changes(), refusals());
    }

    private Stream<DynamicTest> changes() {
        return Stream.of(
                check("INSERT counts its rows", () -> {
                    at.run("CREATE TABLE $.dml (id INT64 NOT NULL, name STRING)");
                    assertThat(changed("INSERT INTO $.dml (id, name) VALUES (1, 'a'), (2, 'b'), (3, DEFAULT)")
                                    .getInsertedRowCount())
                            .isEqualTo(3);
                    holds("[[1, a], [2, b], [3, null]]");
                }),
                check(
                        "INSERT takes rows of a query",
                        () -> assertThat(changed("INSERT $.dml SELECT id + 10, name FROM $.dml")
                                        .getInsertedRowCount())
                                .isEqualTo(3)),
                check(
                        "UPDATE counts its rows",
                        () -> assertThat(changed("UPDATE $.dml SET name = 'z' WHERE id > 10")
                                        .getUpdatedRowCount())
                                .isEqualTo(3)),
                check("UPDATE reads another table", () -> {
                    changed(
                            "UPDATE $.dml AS t SET name = n.name FROM (SELECT 12 AS id, 'new' AS name) AS n WHERE t.id = n.id");
                    assertThat(at.rows("SELECT name FROM $.dml WHERE id = 12")).isEqualTo("[[new]]");
                }),
                check(
                        "DELETE counts its rows",
                        () -> assertThat(changed("DELETE FROM $.dml WHERE id > 10")
                                        .getDeletedRowCount())
                                .isEqualTo(3)),
                check("MERGE counts what it inserted, updated and deleted", () -> {
                    DmlStats stats =
                            changed("MERGE $.dml AS t USING (SELECT 1 AS id, 'A' AS name UNION ALL SELECT 9, 'i') AS s"
                                    + " ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name"
                                    + " WHEN NOT MATCHED BY TARGET THEN INSERT (id, name) VALUES (s.id, s.name)"
                                    + " WHEN NOT MATCHED BY SOURCE AND t.id = 3 THEN DELETE");
                    assertThat(stats.getInsertedRowCount()).isEqualTo(1);
                    assertThat(stats.getUpdatedRowCount()).isEqualTo(1);
                    assertThat(stats.getDeletedRowCount()).isEqualTo(1);
                    holds("[[1, A], [2, b], [9, i]]");
                }),
                check("MERGE inserts whole rows", () -> {
                    changed(
                            "MERGE $.dml AS t USING (SELECT 10 AS id, 'j' AS name) AS s ON FALSE WHEN NOT MATCHED THEN INSERT ROW");
                    holds("[[1, A], [2, b], [9, i], [10, j]]");
                }),
                check("a transaction that is rolled back leaves nothing", () -> {
                    at.run("BEGIN TRANSACTION; DELETE FROM $.dml WHERE TRUE; ROLLBACK TRANSACTION;");
                    holds("[[1, A], [2, b], [9, i], [10, j]]");
                }),
                check("a transaction that is committed stays", () -> {
                    at.run(
                            "BEGIN TRANSACTION; DELETE FROM $.dml WHERE id > 8; UPDATE $.dml SET name = 'B' WHERE id = 2; COMMIT TRANSACTION;");
                    holds("[[1, A], [2, B]]");
                }));
    }

    private Stream<DynamicTest> refusals() {
        return Stream.of(
                refuses(
                        "MERGE wants one source row for each target row",
                        "MERGE $.dml AS t USING (SELECT 1 AS id UNION ALL SELECT 1) AS s ON t.id = s.id"
                                + " WHEN MATCHED THEN UPDATE SET name = 'x'",
                        400,
                        "invalidQuery"),
                refuses(
                        "UPDATE wants one source row for each target row",
                        "UPDATE $.dml AS t SET name = s.n FROM UNNEST(['x', 'y']) AS s_n, (SELECT 1 AS id, 'q' AS n UNION ALL"
                                + " SELECT 1, 'r') AS s WHERE t.id = s.id",
                        400,
                        "invalidQuery"),
                refuses("UPDATE needs WHERE", "UPDATE $.dml SET name = 'x'", 400, "invalidQuery"),
                refuses("DELETE needs WHERE", "DELETE FROM $.dml", 400, "invalidQuery"),
                refuses("a REQUIRED column is not NULL", "INSERT INTO $.dml (id) VALUES (NULL)", 400, "invalidQuery"),
                refuses(
                        "a REQUIRED column is not left out",
                        "INSERT INTO $.dml (name) VALUES ('x')",
                        400,
                        "invalidQuery"),
                refuses("INSERT wants the column's type", "INSERT INTO $.dml (id) VALUES ('x')", 400, "invalidQuery"),
                refuses(
                        "INSERT wants as many values as columns",
                        "INSERT INTO $.dml (id, name) VALUES (1)",
                        400,
                        "invalidQuery"),
                refuses(
                        "INSERT wants columns that are there",
                        "INSERT INTO $.dml (nobody) VALUES (1)",
                        400,
                        "invalidQuery"),
                refuses(
                        "a statement fails as a whole",
                        "INSERT INTO $.dml (id) SELECT DIV(4, n) FROM UNNEST([1, 0]) AS n",
                        400,
                        "invalidQuery"),
                check("what failed left nothing", () -> holds("[[1, A], [2, B]]")),
                check("TRUNCATE empties a table", () -> {
                    at.run("TRUNCATE TABLE $.dml");
                    holds("[]");
                }));
    }
}
