package dev.sluice.local;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What DuckDB says of values that it cannot compute with, in the words of BigQuery. */
final class DuckDbErrors {

    private record Wording(Pattern pattern, Function<MatchResult, String> words) {

        Wording(String pattern, String words) {
            this(Pattern.compile(pattern), found -> words.replace("$1", found.groupCount() > 0 ? found.group(1) : ""));
        }

        Optional<String> of(String message) {
            Matcher matcher = pattern.matcher(message);
            return matcher.find() ? Optional.of(words.apply(matcher)) : Optional.empty();
        }
    }

    private static final String DIGITS = "(-?\\d+)";
    private static final int NUMERIC_SCALE = 9;

    private static final List<Wording> WORDINGS = List.of(
            new Wording("Overflow in \\w+ of INT64 \\((.+)\\)!", "int64 overflow: $1"),
            new Wording("Overflow in negation of numeric value", "int64 overflow: -" + Long.MIN_VALUE),
            new Wording("Overflow on abs\\(" + DIGITS + "\\)", "int64 overflow: -$1"),
            new Wording("Overflow in division of " + DIGITS + " / -1", "int64 overflow: -$1"),
            new Wording(
                    Pattern.compile("Overflow in \\w+ of DECIMAL\\(38\\) \\(" + DIGITS + " ([-+]) " + DIGITS + "\\)"),
                    found -> "numeric overflow: %s %s %s"
                            .formatted(numeric(found.group(1)), found.group(2), numeric(found.group(3)))),
            new Wording("Casting value \"" + DIGITS + "\" to type DECIMAL\\(38,9\\)", "numeric out of range: $1"),
            new Wording(
                    "Type DOUBLE with value -?(nan|inf) can't be cast",
                    "Illegal conversion of non-finite floating point number to an integer: $1"),
            new Wording("Type DOUBLE with value (\\S+) can't be cast", "int64 out of range: $1"),
            new Wording("Failed to cast decimal value " + DIGITS + " to type INT64", "int64 out of range: $1"),
            new Wording("Could not convert string '" + DIGITS + "' to INT64", "int64 out of range: $1"),
            new Wording("Failure in decode: could not convert blob", "Invalid cast of bytes to UTF8 string"),
            new Wording(
                    "Error: ((missing|invalid|bad|no argument for|unexpected|trailing) (\\]|\\)|argument|escape|character|perl"
                            + "|repetition|named|UTF-8|\\\\).*)",
                    "Cannot parse regular expression: $1"),
            new Wording("Invalid replacement string for regexp_replace: (.*)", "Invalid REGEXP_REPLACE pattern: $1"),
            new Wording("Invalid UTF8 Codepoint " + DIGITS, "Invalid codepoint $1"),
            new Wording("Invalid input for hex digit", "Failed to decode invalid hexadecimal string"),
            new Wording("Date out of range: (\\S+)", "Input calculates to invalid date: $1"),
            new Wording("Time out of range: (\\d+:\\d+:\\d+)", "Input calculates to invalid time: $1"),
            new Wording("NOT NULL constraint failed: \\w+\\.(.+)", "Required field $1 cannot be null"),
            new Wording("Like pattern must not end with escape character", "LIKE pattern ends with a backslash"),
            new Wording("Type INT128 with value", "Error in SUM aggregation: integer overflow"),
            new Wording(
                    "Overflow in HUGEINT addition|Overflow in SUM of DECIMAL",
                    "Error in SUM aggregation: numeric overflow"),
            new Wording("More than one row returned by a subquery", "Scalar subquery produced more than one element"));

    private DuckDbErrors() {}

    /** Empty if BigQuery's words for it are not known. */
    static Optional<String> inBigQuerysWords(String message) {
        return WORDINGS.stream()
                .flatMap(wording -> wording.of(message).stream())
                .findFirst();
    }

    /** Without the scale in which DuckDB tells it. */
    private static String numeric(String unscaled) {
        return new BigDecimal(unscaled)
                .scaleByPowerOfTen(-NUMERIC_SCALE)
                .stripTrailingZeros()
                .toPlainString();
    }
}
