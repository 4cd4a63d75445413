package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;

/** Deviations, variances and correlations: NaN if a value is not finite ("statistical aggregate functions"). */
final class Statistics {

    private static final String NAN = "CAST('nan' AS DOUBLE)";

    /** Squares of values below it fit, of others they are computed of parts as small as that. */
    private static final String LARGE = "CAST('1e140' AS DOUBLE)";

    private static final int BITS = 540;

    private final Token at;
    private final List<Typed> numbers;
    private final String distinct;
    private final String over;

    private Statistics(Token at, List<Typed> numbers, String distinct, String over) {
        this.at = at;
        this.numbers = numbers;
        this.distinct = distinct;
        this.over = over;
    }

    /** @param over DuckDB's OVER clause */
    static Typed translate(Token at, List<Typed> arguments, String distinct, String over) {
        List<Typed> alike =
                Coercions.toCommon(at, arguments.stream().map(Folding::unfolded).toList());
        if (alike.get(0).type().isDecimal()) {
            return new Statistics(at, alike, distinct, over).decimal();
        }
        List<Typed> numbers = alike.stream()
                .map(argument -> Coercions.to(Type.FLOAT64, argument, at))
                .toList();
        return new Statistics(at, numbers, distinct, over).floating();
    }

    /** Exact until the result is told as FLOAT64. */
    private Typed decimal() {
        String text = numbers.get(0).type().equals(Type.BIGNUMERIC) ? "bq_bignumeric_text(%s)" : "CAST(%s AS VARCHAR)";
        String row = numbers.size() == 1
                ? text.formatted("%1$s")
                : text.formatted("%1$s") + " || ' ' || " + text.formatted("%2$s");
        String name = function() + (numbers.get(0).type().equals(Type.BIGNUMERIC) ? " bignumeric" : " numeric");
        return aggregated("bq_decimal_statistic(string_agg(" + distinct + row + ", ' ')" + over + ", '" + name + "')");
    }

    private Typed floating() {
        String least = function().endsWith("_pop") ? "1" : "2";
        String counted = numbers.size() == 1 ? "%1$s" : "CASE WHEN %1$s IS NOT NULL AND %2$s IS NOT NULL THEN 1 END";
        return aggregated("CASE WHEN count(" + distinct + counted + ")" + over + " < " + least + " THEN NULL WHEN "
                + any("NOT isfinite(%s)") + " THEN " + NAN + sized() + " END");
    }

    private String sized() {
        if (numbers.stream().anyMatch(Typed::holdsQuery)) {
            return unsized();
        }
        if (numbers.size() == 1) {
            return " WHEN " + any("abs(%s) >= " + LARGE) + " THEN " + of(true) + " ELSE " + of(false);
        }
        String both = " WHEN " + large(1) + " AND " + large(2) + " THEN " + of(true, true);
        return both + " WHEN " + large(1) + " THEN " + of(true, false) + " WHEN " + large(2) + " THEN "
                + of(false, true) + " ELSE " + of(false, false);
    }

    /** DuckDB would plan a query in an operand as often as it is written; it fails itself if a square does not fit. */
    private String unsized() {
        String operands = numbers.size() == 1 ? "%1$s" : "%1$s, %2$s";
        String value = function() + "(" + distinct + operands + ")" + over;
        return " ELSE " + (at.is("CORR") ? "coalesce(" + value + ", " + NAN + ")" : value);
    }

    private String large(int operand) {
        return "bool_or(" + present() + " AND abs(%" + operand + "$s) >= " + LARGE + ")" + over;
    }

    private String any(String condition) {
        List<String> conditions = new ArrayList<>();
        for (int i = 1; i <= numbers.size(); i++) {
            conditions.add(condition.formatted("%" + i + "$s"));
        }
        return "bool_or(" + present() + " AND (" + String.join(" OR ", conditions) + "))" + over;
    }

    private String present() {
        return numbers.size() == 1 ? "%1$s IS NOT NULL" : "%1$s IS NOT NULL AND %2$s IS NOT NULL";
    }

    /** @param large of each operand: whether it is divided before */
    private String of(boolean... large) {
        List<String> operands = new ArrayList<>();
        var result = new StringBuilder();
        for (int i = 0; i < large.length; i++) {
            String operand = "%" + (i + 1) + "$s";
            operands.add(
                    large[i]
                            ? "CASE WHEN isfinite(" + operand + ") THEN " + operand + " * " + Sums.power(-BITS) + " END"
                            : "CASE WHEN abs(" + operand + ") < " + LARGE + " THEN " + operand + " END");
            result.append(large[i] ? (" * " + Sums.power(BITS)).repeat(times()) : "");
        }
        String value = function() + "(" + distinct + String.join(", ", operands) + ")" + over;
        return at.is("CORR") ? "coalesce(" + value + ", " + NAN + ")" : "(" + value + result + ")";
    }

    /** How often a factor of an operand is one of the result. */
    private int times() {
        return function().startsWith("var") ? 2 : 1;
    }

    private Typed aggregated(String format) {
        return Typed.aggregated(Type.FLOAT64, format, numbers.toArray(Typed[]::new));
    }

    private String function() {
        return switch (at.upper()) {
            case "STDDEV", "STDDEV_SAMP" -> "stddev_samp";
            case "STDDEV_POP" -> "stddev_pop";
            case "VARIANCE", "VAR_SAMP" -> "var_samp";
            case "VAR_POP" -> "var_pop";
            case "CORR" -> "corr";
            case "COVAR_SAMP" -> "covar_samp";
            default -> "covar_pop";
        };
    }
}
