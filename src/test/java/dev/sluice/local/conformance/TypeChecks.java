package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.TableResult;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** How values of each type travel. */
final class TypeChecks extends Area {

    TypeChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "reference/standard-sql/data-types";
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.of(
                travels("INT64", "9223372036854775807", "INTEGER", "9223372036854775807"),
                travels("FLOAT64", "0.1 + 0.2", "FLOAT", "0.30000000000000004"),
                travels("FLOAT64, not a number", "CAST('nan' AS FLOAT64)", "FLOAT", "NaN"),
                travels(
                        "NUMERIC",
                        "NUMERIC '12345678901234567890.123456789'",
                        "NUMERIC",
                        "12345678901234567890.123456789"),
                travels("BOOL", "1 < 2", "BOOLEAN", "true"),
                travels("STRING", "'a\\u00e9\\n'", "STRING", "a\u00e9\n"),
                travels("BYTES, as Base64", "b'\\x00\\xff'", "BYTES", "AP8="),
                travels("DATE", "DATE '2026-02-28'", "DATE", "2026-02-28"),
                travels("TIME", "TIME '12:34:56.789123'", "TIME", "12:34:56.789123"),
                travels("DATETIME", "DATETIME '2026-02-28 12:34:56'", "DATETIME", "2026-02-28T12:34:56"),
                travels("JSON", "JSON '{\"b\": 1, \"a\": [true]}'", "JSON", "{\"a\":[true],\"b\":1}"),
                travels("STRUCT", "STRUCT(1 AS a, 'x' AS b)", "RECORD", "[1, x]"),
                travels("ARRAY", "['a', 'b']", "STRING", "[a, b]"),
                travels("ARRAY of STRUCT", "[STRUCT(1 AS a), STRUCT(2)]", "RECORD", "[[1], [2]]"),
                check(
                        "a TIMESTAMP travels as a moment in microseconds",
                        () -> assertThat(at.run("SELECT TIMESTAMP '2026-01-01 00:00:00.123456+00'")
                                        .getQueryResults()
                                        .getValues()
                                        .iterator()
                                        .next()
                                        .get(0)
                                        .getTimestampInstant())
                                .isEqualTo("2026-01-01T00:00:00.123456Z")),
                travels("a literal NULL, an INT64,", "NULL", "INTEGER", "null"),
                check("values of many types are kept in a table", () -> {
                    at.run("CREATE TABLE $.kept AS SELECT 1 AS i, 0.5 AS f, NUMERIC '2.25' AS n, TRUE AS b, 'x' AS s,"
                            + " b'a' AS y, DATE '2026-02-28' AS d");
                    assertThat(at.rows("SELECT i, f, n, b, s, y, d FROM $.kept"))
                            .isEqualTo("[[1, 0.5, 2.25, true, x, YQ==, 2026-02-28]]");
                }));
    }

    private DynamicTest travels(String type, String expression, String legacyName, String value) {
        return check(type + " travels", () -> {
            TableResult result = at.run("SELECT %s AS v".formatted(expression)).getQueryResults();
            assertThat(ConformanceTarget.rows(result)).isEqualTo("[[%s]]".formatted(value));
            assertThat(Objects.requireNonNull(result.getSchema())
                            .getFields()
                            .get(0)
                            .getType()
                            .name())
                    .isEqualTo(legacyName);
        });
    }
}
