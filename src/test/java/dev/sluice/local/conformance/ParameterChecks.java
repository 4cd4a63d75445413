package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Values beside the statement. */
final class ParameterChecks extends Area {

    ParameterChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "parameterized-queries";
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.of(
                binds("an INT64", "@p + 1", QueryParameterValue.int64(41), "42"),
                binds("a FLOAT64", "@p * 2", QueryParameterValue.float64(0.25), "0.5"),
                binds("a NUMERIC", "@p * 2", QueryParameterValue.numeric(new BigDecimal("1.05")), "2.1"),
                binds("a BOOL", "NOT @p", QueryParameterValue.bool(true), "false"),
                binds("a STRING that looks like SQL", "@p", QueryParameterValue.string("it's `x`; --"), "it's `x`; --"),
                binds("BYTES", "TO_HEX(@p)", QueryParameterValue.bytes(new byte[] {1, -1}), "01ff"),
                binds("a DATE", "@p", QueryParameterValue.date("2026-02-28"), "2026-02-28"),
                binds(
                        "a DATETIME",
                        "CAST(@p AS DATE)",
                        QueryParameterValue.dateTime("2026-02-28 12:00:00.000000"),
                        "2026-02-28"),
                binds(
                        "a TIMESTAMP",
                        "UNIX_SECONDS(@p)",
                        QueryParameterValue.timestamp("2026-01-01 00:00:00.000000+00:00"),
                        "1767225600"),
                binds("a NULL", "@p IS NULL", QueryParameterValue.string(null), "true"),
                binds(
                        "an array",
                        "2 IN UNNEST(@p)",
                        QueryParameterValue.array(new Long[] {1L, 2L}, StandardSQLTypeName.INT64),
                        "true"),
                binds(
                        "an empty array",
                        "ARRAY_LENGTH(@p)",
                        QueryParameterValue.array(new String[0], StandardSQLTypeName.STRING),
                        "0"),
                binds("a struct", "@p.a", QueryParameterValue.struct(Map.of("a", QueryParameterValue.int64(7))), "7"),
                check(
                        "places are bound in their order",
                        () -> assertThat(at.rows(
                                        "SELECT ?, ?",
                                        settings -> settings.addPositionalParameter(QueryParameterValue.int64(1))
                                                .addPositionalParameter(QueryParameterValue.string("x"))))
                                .isEqualTo("[[1, x]]")),
                refuses("a parameter that is not given is missed", "SELECT @missing", 400, "invalidQuery"),
                refuses(
                        "a parameter is no name of a table",
                        () -> at.run("SELECT * FROM @p", named(QueryParameterValue.string("t"))),
                        400,
                        "invalidQuery"));
    }

    private static UnaryOperator<QueryJobConfiguration.Builder> named(QueryParameterValue value) {
        return settings -> settings.addNamedParameter("p", value);
    }

    private DynamicTest binds(String what, String expression, QueryParameterValue value, String result) {
        return check(
                what + " is bound",
                () -> assertThat(at.rows("SELECT " + expression, named(value))).isEqualTo("[[%s]]".formatted(result)));
    }
}
