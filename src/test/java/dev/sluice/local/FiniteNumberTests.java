package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations and functions on numbers that are not finite, and those that bring them forth. */
class FiniteNumberTests {

    private static final String NUMBERS = " FROM (SELECT CAST('inf' AS FLOAT64) AS x, CAST('-inf' AS FLOAT64) AS y,"
            + " CAST('nan' AS FLOAT64) AS z, 3 AS i)";

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void open() throws Exception {
        warehouse = new Warehouse(folder, Clock.systemUTC());
    }

    @AfterAll
    static void close() throws java.sql.SQLException {
        warehouse.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "x * 2 + 1, y * 2 + 1, z * 2 + 1, x * x - 1, (y + 1) * (2 - y) / i -> [Infinity, -Infinity, NaN, Infinity, -Infinity]",
                "x + y + 1, (x - i) / (x + i), i * i / x + 1.5 -> [NaN, NaN, 1.5]",
                "SQRT(x), SQRT(z), CBRT(y), EXP(x), EXP(y), EXP(z) -> [Infinity, NaN, -Infinity, Infinity, 0.0, NaN]",
                "LN(x), LN(y), LN(z), LOG(x), LOG10(y), SQRT(x) + 1, LN(x) * 2 + x -> [Infinity, NaN, NaN, Infinity, NaN, Infinity, Infinity]",
                "LOG(x, 2), LOG(2, x), LOG(y, 2), LOG(x, 0), LOG(0, x), LOG(x, 0.5) -> [Infinity, NaN, NaN, NaN, NaN, -Infinity]",
                "POW(x, 2), POW(2, y), POW(z, 0), POW(1, z), POW(-1, x), POW(0, y) -> [Infinity, 0.0, 1.0, 1.0, 1.0, Infinity]",
                "SIN(x), COS(y), TAN(z), ASIN(x), ACOS(y), ATAN(x), ATAN2(y, y) -> [NaN, NaN, NaN, NaN, NaN, 1.5707963267948966, -2.356194490192345]",
                "SINH(y), COSH(y), TANH(x), ASINH(x), ACOSH(x), ACOSH(y), ATANH(x) -> [-Infinity, Infinity, 1.0, Infinity, Infinity, NaN, NaN]",
                "COT(x), CSC(y), SEC(z), COTH(x), CSCH(z) -> [NaN, NaN, NaN, 1.0, NaN]",
                "SAFE.LN(0), SAFE.LN(x), SAFE.SQRT(-1), SAFE.EXP(1000), SAFE.POW(10, 400), SAFE.LOG(1, 1) -> [null, Infinity, null, null, null, null]",
                "IS_INF(x * 2 + 1), IS_NAN(y + x * 2), EXP(z) > 1 -> [true, true, false]",
            })
    void goIntoOperations(String select, String row) {
        assertThat(warehouse.rows("SELECT " + select + NUMBERS)).isEqualTo("[" + row + "]");
    }

    /** DuckDB has neither aggregates nor windows nor subqueries where it computes what is long only once. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "SUM(x) -> 3.0",
                "SUM(x) OVER () -> 3.0",
                "(SELECT MAX(e) FROM UNNEST([x, 3.0]) AS e) -> 3.0",
                "(SELECT 3.0) -> 3.0",
            })
    void areToldInLongSums(String part, String value) {
        String sum = "1.0 * " + part + (" + 0.0 * " + part).repeat(12);
        assertThat(warehouse.rows("SELECT %s FROM (SELECT 3.0 AS x)".formatted(sum)))
                .isEqualTo("[[%s]]".formatted(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "1e308 * 10 -> double overflow: 1e+308 * 10",
                "i + (1e308 + 1e308) -> double overflow: 1e+308 + 1e+308",
                "x + 1e200 * 1e200 -> double overflow: 1e+200 * 1e+200",
                "(x - 1e308) * (1e308 / 0.1) -> double overflow: 1e+308 / 0.1",
                "EXP(1000) -> Floating point error in function: EXP(1000)",
                "LN(0) -> Floating point error in function: LN(0)",
                "LOG(100, 0) -> Floating point error in function: LOG(100, 0)",
                "LOG(1, 1) -> Floating point error in function: LOG(1, 1)",
                "POW(-1, 0.5) -> Floating point error in function: POW(-1, 0.5)",
                "ACOS(2) -> Floating point error in function: ACOS(2)",
                "COT(0) -> Floating point error in function: COT(0)",
                "SQRT(y) -> Argument to SQRT cannot be negative: -inf",
                "SQRT(-1.5) -> Argument to SQRT cannot be negative: -1.5",
            })
    void areErrorsOfFiniteOnes(String select, String message) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> warehouse.query("SELECT " + select + NUMBERS))
                .withMessageContaining(message);
    }
}
