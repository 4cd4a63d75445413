package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.bigquery.CopyJobConfiguration;
import com.google.cloud.bigquery.ExtractJobConfiguration;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Copies, snapshots, clones and extracts. */
final class CopyChecks extends Area {

    CopyChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "table-snapshots-intro";
    }

    private Job copy(String from, String to, UnaryOperator<CopyJobConfiguration.Builder> settings)
            throws InterruptedException {
        return at.done(at.client()
                .create(JobInfo.of(settings.apply(CopyJobConfiguration.newBuilder(at.table(to), at.table(from)))
                        .build())));
    }

    private void holds(String table, String rows) throws InterruptedException {
        assertThat(at.rows("SELECT n FROM $.%s ORDER BY n".formatted(table))).isEqualTo(rows);
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.of(copies(), snapshots(), extracts()).flatMap(part -> part);
    }

    private Stream<DynamicTest> copies() {
        return Stream.of(
                check("a copy has all rows", () -> {
                    at.run("CREATE TABLE $.source CLUSTER BY n AS SELECT n FROM UNNEST([1, 2]) AS n");
                    copy("source", "copied", UnaryOperator.identity());
                    holds("copied", "[[1], [2]]");
                }),
                check("a copy stands for itself", () -> {
                    at.run("DELETE FROM $.copied WHERE n = 2");
                    holds("source", "[[1], [2]]");
                }),
                refuses(
                        "a copy does not fall on rows unless that is said",
                        () -> copy("source", "copied", UnaryOperator.identity()),
                        NO_CODE,
                        "duplicate"),
                check("a copy appends", () -> {
                    copy("source", "copied", s -> s.setWriteDisposition(WriteDisposition.WRITE_APPEND));
                    holds("copied", "[[1], [1], [2]]");
                }),
                check("a copy replaces", () -> {
                    copy("source", "copied", s -> s.setWriteDisposition(WriteDisposition.WRITE_TRUNCATE));
                    holds("copied", "[[1], [2]]");
                }),
                refuses(
                        "a copy needs its source",
                        () -> copy("no_source", "nowhere", UnaryOperator.identity()),
                        NO_CODE,
                        "notFound"));
    }

    private Stream<DynamicTest> snapshots() {
        return Stream.of(
                check("a snapshot keeps the rows of its moment", () -> {
                    at.run("CREATE SNAPSHOT TABLE $.snap CLONE $.source");
                    at.run("DELETE FROM $.source WHERE n = 2");
                    holds("snap", "[[1], [2]]");
                    assertThat(Objects.requireNonNull(at.client().getTable(at.table("snap")))
                                    .getDefinition()
                                    .getType()
                                    .toString())
                            .isEqualTo("SNAPSHOT");
                }),
                refuses("a snapshot is not changed", "DELETE FROM $.snap WHERE TRUE", 400, "invalidQuery"),
                check("a snapshot is restored", () -> {
                    at.run("CREATE OR REPLACE TABLE $.source CLONE $.snap");
                    holds("source", "[[1], [2]]");
                }),
                check("a clone stands for itself", () -> {
                    at.run("CREATE TABLE $.clone CLONE $.source");
                    at.run("INSERT INTO $.clone (n) VALUES (3)");
                    holds("clone", "[[1], [2], [3]]");
                    holds("source", "[[1], [2]]");
                }),
                check("a job makes a snapshot", () -> {
                    copy("source", "snap_by_job", s -> s.setOperationType("SNAPSHOT"));
                    holds("snap_by_job", "[[1], [2]]");
                }));
    }

    private Stream<DynamicTest> extracts() {
        return Stream.of("CSV", "NEWLINE_DELIMITED_JSON", "AVRO", "PARQUET")
                .map(format -> check("an extract as %s is loaded again".formatted(format), () -> {
                    assumeTrue(at.place().bucket() != null, "no bucket: give -Dsluice.google.bucket");
                    String uri = "gs://%s/%s/%s-*".formatted(at.place().bucket(), at.dataset(), format);
                    at.done(at.client()
                            .create(JobInfo.of(ExtractJobConfiguration.newBuilder(at.table("source"), uri)
                                    .setFormat(format)
                                    .build())));
                    var load = LoadJobConfiguration.newBuilder(at.table("again"), uri)
                            .setFormatOptions(FormatOptions.of(format))
                            .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE);
                    if (format.equals("CSV")) {
                        load.setAutodetect(true);
                    } else if (format.equals("NEWLINE_DELIMITED_JSON")) {
                        load.setSchema(Schema.of(Field.of("n", StandardSQLTypeName.INT64)));
                    }
                    at.done(at.client().create(JobInfo.of(load.build())));
                    holds("again", "[[1], [2]]");
                }));
    }
}
