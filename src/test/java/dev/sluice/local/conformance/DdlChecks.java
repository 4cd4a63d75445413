package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Statements that make and change tables. */
final class DdlChecks extends Area {

    DdlChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "reference/standard-sql/data-definition-language";
    }

    private Table found(String name) {
        return Objects.requireNonNull(at.client().getTable(at.table(name)));
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.concat(making(), changing());
    }

    private Stream<DynamicTest> making() {
        return Stream.of(
                check("CREATE TABLE AS SELECT partitions and clusters", () -> {
                    at.run("CREATE TABLE $.ddl PARTITION BY day CLUSTER BY who OPTIONS (description = 'd') AS"
                            + " SELECT 1 AS id, 'a' AS who, DATE '2024-01-01' AS day");
                    StandardTableDefinition definition = found("ddl").getDefinition();
                    assertThat(definition.getTimePartitioning().getField()).isEqualTo("day");
                    assertThat(definition.getClustering().getFields()).containsExactly("who");
                    assertThat(found("ddl").getDescription()).isEqualTo("d");
                }),
                check("NOT NULL is REQUIRED", () -> {
                    at.run(
                            "CREATE TABLE $.strict (id INT64 NOT NULL OPTIONS (description = 'the id'), tags ARRAY<STRING>)");
                    var fields = Objects.requireNonNull(
                                    found("strict").getDefinition().getSchema())
                            .getFields();
                    assertThat(fields.get("id").getMode()).isEqualTo(Field.Mode.REQUIRED);
                    assertThat(fields.get("id").getDescription()).isEqualTo("the id");
                    assertThat(fields.get("tags").getMode()).isEqualTo(Field.Mode.REPEATED);
                }),
                refuses("CREATE TABLE makes no table twice", "CREATE TABLE $.ddl (id INT64)", 409, "duplicate"),
                check("IF NOT EXISTS keeps what is there", () -> {
                    at.run("CREATE TABLE IF NOT EXISTS $.ddl (other INT64)");
                    assertThat(at.rows("SELECT id FROM $.ddl")).isEqualTo("[[1]]");
                }),
                check("OR REPLACE replaces what is there", () -> {
                    at.run("CREATE OR REPLACE TABLE $.ddl AS SELECT 2 AS id, 'b' AS who");
                    assertThat(at.rows("SELECT * FROM $.ddl")).isEqualTo("[[2, b]]");
                }),
                check("LIKE copies the columns and no rows", () -> {
                    at.run("CREATE TABLE $.alike LIKE $.ddl");
                    assertThat(at.rows("SELECT COUNT(who) FROM $.alike")).isEqualTo("[[0]]");
                }),
                check("a view answers its query", () -> {
                    at.run("CREATE VIEW $.seen AS SELECT id * 10 AS ten FROM $.ddl");
                    assertThat(at.rows("SELECT ten FROM $.seen")).isEqualTo("[[20]]");
                }),
                check(
                        "a view is listed as one",
                        () -> assertThat(found("seen").getDefinition().getType().toString())
                                .isEqualTo("VIEW")),
                refuses("a view is not changed", "DELETE FROM $.seen WHERE TRUE", 400, "invalidQuery"));
    }

    private Stream<DynamicTest> changing() {
        return Stream.of(
                check("ADD COLUMN adds NULLs", () -> {
                    at.run("ALTER TABLE $.ddl ADD COLUMN more STRING");
                    assertThat(at.rows("SELECT id, more FROM $.ddl")).isEqualTo("[[2, null]]");
                }),
                check(
                        "ADD COLUMN adds no column twice",
                        () -> assertThatExceptionOfType(BigQueryException.class)
                                .isThrownBy(() -> at.run("ALTER TABLE $.ddl ADD COLUMN more STRING"))
                                .withMessageContaining("Column already exists: more")),
                check("ADD COLUMN IF NOT EXISTS may be repeated", () -> {
                    at.run("ALTER TABLE $.ddl ADD COLUMN IF NOT EXISTS more STRING");
                    assertThat(at.rows("SELECT COUNT(more) FROM $.ddl")).isEqualTo("[[0]]");
                }),
                check("DROP NOT NULL relaxes a column", () -> {
                    at.run("ALTER TABLE $.strict ALTER COLUMN id DROP NOT NULL");
                    at.run("INSERT INTO $.strict (id) VALUES (NULL)");
                    assertThat(at.rows("SELECT id, tags FROM $.strict")).isEqualTo("[[null, []]]");
                }),
                check("SET OPTIONS changes the description", () -> {
                    at.run("ALTER TABLE $.ddl SET OPTIONS (description = 'new')");
                    assertThat(found("ddl").getDescription()).isEqualTo("new");
                }),
                check("RENAME TO moves a table", () -> {
                    at.run("ALTER TABLE $.alike RENAME TO renamed");
                    assertThat(at.client().getTable(at.table("alike"))).isNull();
                    assertThat(at.rows("SELECT COUNT(*) FROM $.renamed")).isEqualTo("[[0]]");
                }),
                check("DROP TABLE removes a table", () -> {
                    at.run("DROP TABLE $.renamed");
                    assertThat(at.client().getTable(at.table("renamed"))).isNull();
                }),
                refuses("DROP TABLE misses what is not there", "DROP TABLE $.renamed", 404, "notFound"),
                check("DROP TABLE IF EXISTS does not", () -> {
                    at.run("DROP TABLE IF EXISTS $.renamed");
                    assertThat(at.client().getTable(at.table("renamed"))).isNull();
                }));
    }
}
