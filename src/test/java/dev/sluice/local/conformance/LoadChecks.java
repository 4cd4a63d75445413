package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.CsvOptions;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo.SchemaUpdateOption;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics.LoadStatistics;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Loads of uploaded files. */
final class LoadChecks extends Area {

    private static final Schema SCHEMA =
            Schema.of(Field.of("id", StandardSQLTypeName.INT64), Field.of("name", StandardSQLTypeName.STRING));

    LoadChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "batch-loading-data";
    }

    private Job load(FormatOptions format, String content, UnaryOperator<WriteChannelConfiguration.Builder> settings)
            throws IOException, InterruptedException {
        return at.load(
                settings.apply(WriteChannelConfiguration.newBuilder(at.table("loads"))
                                .setFormatOptions(format)
                                .setSchema(SCHEMA)
                                .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE))
                        .build(),
                content);
    }

    private DynamicTest loads(
            String sentence,
            FormatOptions format,
            String content,
            UnaryOperator<WriteChannelConfiguration.Builder> settings,
            String rows) {
        return check(sentence, () -> {
            load(format, content, settings);
            assertThat(at.rows("SELECT * FROM $.loads ORDER BY id")).isEqualTo(rows);
        });
    }

    private DynamicTest fails(
            String sentence,
            FormatOptions format,
            String content,
            UnaryOperator<WriteChannelConfiguration.Builder> settings,
            String reason) {
        return refuses(sentence, () -> load(format, content, settings), NO_CODE, reason);
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.concat(rows(), dispositions());
    }

    private static CsvOptions.Builder csv() {
        return CsvOptions.newBuilder();
    }

    private Stream<DynamicTest> rows() {
        UnaryOperator<WriteChannelConfiguration.Builder> plain = UnaryOperator.identity();
        return Stream.of(
                loads(
                        "lines of JSON are rows",
                        FormatOptions.json(),
                        "{\"id\":1,\"name\":\"a\"}\n{\"id\":\"2\"}\n",
                        plain,
                        "[[1, a], [2, null]]"),
                loads("lines of CSV are rows", FormatOptions.csv(), "1,a\n2,\n", plain, "[[1, a], [2, null]]"),
                loads("a field in quotes is not NULL", FormatOptions.csv(), "1,\"\"\n", plain, "[[1, ]]"),
                loads(
                        "with a word for NULL an empty field is an empty STRING",
                        FormatOptions.csv(),
                        "1,\n",
                        s -> s.setNullMarker("-"),
                        "[[1, ]]"),
                loads(
                        "CSV skips its header",
                        csv().setSkipLeadingRows(1L).build(),
                        "id,name\n1,a\n",
                        plain,
                        "[[1, a]]"),
                loads(
                        "CSV quotes",
                        csv().setAllowQuotedNewLines(true).build(),
                        "1,\"a \"\"b\"\",\nc\"\n",
                        plain,
                        "[[1, a \"b\",\nc]]"),
                loads("CSV has other delimiters", csv().setFieldDelimiter("|").build(), "1|a\n", plain, "[[1, a]]"),
                loads(
                        "CSV has a word for NULL",
                        FormatOptions.csv(),
                        "1,-\n",
                        s -> s.setNullMarker("-"),
                        "[[1, null]]"),
                loads(
                        "CSV may lack fields at the end",
                        csv().setAllowJaggedRows(true).build(),
                        "1\n",
                        plain,
                        "[[1, null]]"),
                loads(
                        "unknown fields are left out if that is said",
                        FormatOptions.json(),
                        "{\"id\":1,\"x\":2}\n",
                        s -> s.setIgnoreUnknownValues(true),
                        "[[1, null]]"),
                loads(
                        "a few bad rows are left out if that is said",
                        FormatOptions.json(),
                        "{\"id\":1}\n{\"id\":\"x\"}\n",
                        s -> s.setMaxBadRecords(1),
                        "[[1, null]]"),
                fails("a bad row fails the load", FormatOptions.json(), "{\"id\":\"x\"}\n", plain, "invalid"),
                fails(
                        "an unknown field fails the load",
                        FormatOptions.json(),
                        "{\"id\":1,\"x\":2}\n",
                        plain,
                        "invalid"),
                fails("CSV does not lack fields", FormatOptions.csv(), "1\n", plain, "invalid"),
                check(
                        "a failed load leaves the table as it was",
                        () -> assertThat(at.rows("SELECT * FROM $.loads")).isEqualTo("[[1, null]]")),
                check("a load counts its rows and bytes", () -> {
                    LoadStatistics statistics = load(FormatOptions.json(), "{\"id\":1}\n{\"id\":2}\n", plain)
                            .getStatistics();
                    assertThat(statistics.getOutputRows()).isEqualTo(2);
                    assertThat(statistics.getInputFiles()).isEqualTo(1);
                    assertThat(statistics.getInputBytes()).isEqualTo(18);
                }));
    }

    private Stream<DynamicTest> dispositions() {
        return Stream.of(
                loads(
                        "a load appends",
                        FormatOptions.json(),
                        "{\"id\":3}\n",
                        s -> s.setWriteDisposition(WriteDisposition.WRITE_APPEND),
                        "[[1, null], [2, null], [3, null]]"),
                loads("a load replaces", FormatOptions.json(), "{\"id\":4}\n", UnaryOperator.identity(), "[[4, null]]"),
                fails(
                        "a load that wants an empty table refuses another",
                        FormatOptions.json(),
                        "{\"id\":5}\n",
                        s -> s.setWriteDisposition(WriteDisposition.WRITE_EMPTY),
                        "duplicate"),
                check("a load adds columns if that is said", () -> {
                    load(
                            FormatOptions.json(),
                            "{\"id\":5,\"more\":true}\n",
                            s -> s.setWriteDisposition(WriteDisposition.WRITE_APPEND)
                                    .setSchema(Schema.of(
                                            Field.of("id", StandardSQLTypeName.INT64),
                                            Field.of("name", StandardSQLTypeName.STRING),
                                            Field.of("more", StandardSQLTypeName.BOOL)))
                                    .setSchemaUpdateOptions(List.of(SchemaUpdateOption.ALLOW_FIELD_ADDITION)));
                    assertThat(at.rows("SELECT * FROM $.loads ORDER BY id"))
                            .isEqualTo("[[4, null, null], [5, null, true]]");
                }),
                check("types are guessed", () -> {
                    at.load(
                            WriteChannelConfiguration.newBuilder(at.table("guessed"))
                                    .setFormatOptions(FormatOptions.csv())
                                    .setAutodetect(true)
                                    .build(),
                            "id,price,day,name\n1,2.5,2024-01-31,a\n");
                    assertThat(at.rows("SELECT id + 1, price * 2, DATE_ADD(day, INTERVAL 1 DAY), name FROM $.guessed"))
                            .isEqualTo("[[2, 5.0, 2024-02-01, a]]");
                }),
                check("a load goes into one partition", () -> {
                    at.run("CREATE TABLE $.daily (day DATE, n INT64) PARTITION BY day");
                    at.run("INSERT INTO $.daily (day, n) VALUES ('2024-01-01', 1), ('2024-01-02', 2)");
                    at.load(
                            WriteChannelConfiguration.newBuilder(at.table("daily$20240102"))
                                    .setFormatOptions(FormatOptions.json())
                                    .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
                                    .build(),
                            "{\"day\":\"2024-01-02\",\"n\":9}\n");
                    assertThat(at.rows("SELECT n FROM $.daily ORDER BY n")).isEqualTo("[[1], [9]]");
                }));
    }
}
