package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Codes and reasons, and words that people look for. */
final class ErrorChecks extends Area {

    ErrorChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "error-messages";
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.of(
                refuses("a table that is missing is not found", "SELECT * FROM $.missing", 404, "notFound"),
                refuses("a dataset that is missing is not found", "SELECT * FROM no_such_dataset.t", 404, "notFound"),
                says("a statement that is none is a syntax error", "SELEKT 1", "Syntax error"),
                says("an error says where it is", "SELECT 1 +\n  nobody", "at [2:3]"),
                says("a column that is missing is not recognized", "SELECT nobody FROM (SELECT 1 AS id)", "nobody"),
                says("a function that is missing is not found", "SELECT NOBODY(1)", "Function not found: NOBODY"),
                says("types must fit", "SELECT 1 + 'a'", "No matching signature for operator +"),
                says(
                        "a column must be grouped",
                        "SELECT a, COUNT(*) FROM (SELECT 1 AS a)",
                        "neither grouped nor aggregated"),
                says("numbers are not divided by zero", "SELECT 1 / a FROM UNNEST([0]) AS a", "division by zero"),
                says("INT64 does not overflow", "SELECT a + 1 FROM UNNEST([9223372036854775807]) AS a", "overflow"),
                says(
                        "what is no number is not cast",
                        "SELECT CAST(a AS INT64) FROM UNNEST(['x']) AS a",
                        "Bad int64 value"),
                says("an array ends", "SELECT a[OFFSET(2)] FROM (SELECT [1, 2] AS a)", "out of bounds"),
                says("a subquery has one row", "SELECT (SELECT a FROM UNNEST([1, 2]) AS a)", "more than one element"),
                says("ERROR says what it is told", "SELECT ERROR(CONCAT('on', ' purpose'))", "on purpose"));
    }

    private DynamicTest says(String sentence, String sql, String words) {
        return check(sentence, () -> {
            BigQueryException refusal = refusal(() -> at.run(sql));
            assertThat(refusal.getMessage()).contains(words);
            assertThat(refusal.getReason()).isEqualTo("invalidQuery");
        });
    }
}
