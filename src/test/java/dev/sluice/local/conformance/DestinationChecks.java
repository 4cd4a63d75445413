package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.CreateDisposition;
import com.google.cloud.bigquery.JobInfo.SchemaUpdateOption;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TimePartitioning;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Tables that jobs name for the rows of their queries. */
final class DestinationChecks extends Area {

    DestinationChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "writing-results";
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.concat(dispositions(), tables());
    }

    private void into(String table, String sql, UnaryOperator<QueryJobConfiguration.Builder> settings)
            throws InterruptedException {
        at.run(sql, builder -> settings.apply(builder.setDestinationTable(at.table(table))));
    }

    private void into(String table, WriteDisposition disposition, String sql) throws InterruptedException {
        into(table, sql, settings -> settings.setWriteDisposition(disposition));
    }

    private void holds(String rows) throws InterruptedException {
        assertThat(at.rows("SELECT * FROM $.results ORDER BY one")).isEqualTo(rows);
    }

    private Stream<DynamicTest> dispositions() {
        return Stream.of(
                check("a result is written to a table", () -> {
                    into("results", "SELECT 1 AS one", settings -> settings);
                    holds("[[1]]");
                }),
                refuses(
                        "a result is not written to a table with rows unless that is said",
                        () -> into("results", WriteDisposition.WRITE_EMPTY, "SELECT 1 AS one"),
                        409,
                        "duplicate"),
                check("a result is appended", () -> {
                    into("results", WriteDisposition.WRITE_APPEND, "SELECT 2 AS one");
                    holds("[[1], [2]]");
                }),
                refuses(
                        "a result of other types is not appended",
                        () -> into("results", WriteDisposition.WRITE_APPEND, "SELECT 'x' AS one"),
                        400,
                        "invalid"),
                refuses(
                        "a column more is not appended unless that is said",
                        () -> into("results", WriteDisposition.WRITE_APPEND, "SELECT 3 AS one, 'x' AS more"),
                        400,
                        "invalid"),
                check("a column more is appended if that is said", () -> {
                    into(
                            "results",
                            "SELECT 'x' AS more, 3 AS one",
                            settings -> settings.setWriteDisposition(WriteDisposition.WRITE_APPEND)
                                    .setSchemaUpdateOptions(List.of(SchemaUpdateOption.ALLOW_FIELD_ADDITION)));
                    holds("[[1, null], [2, null], [3, x]]");
                }),
                check("a result replaces a table that it was read from", () -> {
                    into("results", WriteDisposition.WRITE_TRUNCATE, "SELECT one + 10 AS one FROM $.results");
                    holds("[[11], [12], [13]]");
                }));
    }

    private Stream<DynamicTest> tables() {
        return Stream.of(
                refuses(
                        "a table is not made if that is forbidden",
                        () -> into(
                                "never",
                                "SELECT 1 AS one",
                                settings -> settings.setCreateDisposition(CreateDisposition.CREATE_NEVER)),
                        404,
                        "notFound"),
                check("a dry run makes no table", () -> {
                    at.client()
                            .create(JobInfo.of(at.statement("SELECT 1 AS one")
                                    .setDestinationTable(at.table("dry"))
                                    .setDryRun(true)
                                    .build()));
                    assertThat(at.client().getTable(at.table("dry"))).isNull();
                }),
                check("a result makes a table with partitions and clusters", () -> {
                    into(
                            "laid",
                            "SELECT DATE '2024-01-01' AS day, 1 AS n UNION ALL SELECT DATE '2024-01-02', 2",
                            settings -> settings.setTimePartitioning(
                                            TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                                                    .setField("day")
                                                    .build())
                                    .setClustering(Clustering.newBuilder()
                                            .setFields(List.of("n"))
                                            .build()));
                    StandardTableDefinition made = Objects.requireNonNull(
                                    at.client().getTable(at.table("laid")))
                            .getDefinition();
                    assertThat(Objects.requireNonNull(made.getTimePartitioning())
                                    .getField())
                            .isEqualTo("day");
                    assertThat(Objects.requireNonNull(made.getClustering()).getFields())
                            .containsExactly("n");
                }),
                check("a result replaces one partition", () -> {
                    into("laid$20240102", WriteDisposition.WRITE_TRUNCATE, "SELECT DATE '2024-01-02' AS day, 9 AS n");
                    assertThat(at.rows("SELECT n FROM $.laid ORDER BY n")).isEqualTo("[[1], [9]]");
                }),
                check(
                        "a statement that is no query has no destination",
                        () -> assertThatExceptionOfType(BigQueryException.class)
                                .isThrownBy(() -> into("results", "DELETE FROM $.laid WHERE TRUE", all -> all))
                                .withMessageContaining("Cannot set destination table in jobs with")));
    }
}
