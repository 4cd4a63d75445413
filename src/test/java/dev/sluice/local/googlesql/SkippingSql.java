package dev.sluice.local.googlesql;

import dev.sluice.local.googlesql.GeneratedSql.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements that mean the same, but an operand of AND or OR that fails makes them fail only where the other operand leaves the
 * matter open. GoogleSQL's operators.md: "The order of evaluation of operands to AND and OR can vary, and evaluation can be
 * skipped if unnecessary." The conditions of an inner join and of the WHERE after it are such operands, too:
 * debugging_functions.md says of "any other expression that may result in an error: there is no special guarantee of evaluation
 * order", and query-syntax.md: "it's possible to implement an INNER JOIN without actually calculating the Cartesian product".
 * Google's reference mostly computes both operands.
 */
public final class SkippingSql {

    private static final Pattern SYMBOL = Pattern.compile("\\{[a-zA-Z]+}");
    private static final Pattern PLACE = Pattern.compile("<(\\d+)>");
    private static final Pattern OPERATION = Pattern.compile("\\(\\{b} (AND|OR) \\{b}\\)");
    private static final Pattern BEFORE_FILTER = Pattern.compile("(WHERE|ON|AND) $");
    private static final String OPERAND = "(<\\d+>|[\\w.]+ [=<>] (?:[\\w.]+|<\\d+>))";
    private static final Pattern FILTERS =
            Pattern.compile("(?<=^|WHERE |ON )" + OPERAND + " AND " + OPERAND + "(?=$|\\)| ORDER BY| WHERE)");
    private static final Pattern JOIN = Pattern.compile("`house.t` JOIN `house.r` ON (<\\d+>) WHERE (<\\d+>)");

    private SkippingSql() {}

    public static Piece of(Piece statement) {
        return new Piece(statement.symbol(), text(statement, false), List.of());
    }

    /** @param filters whether it does not matter if it is NULL or FALSE */
    private static String text(Piece piece, boolean filters) {
        Matcher operation = OPERATION.matcher(piece.form());
        boolean operates = operation.matches();
        List<String> parts = new ArrayList<>();
        String form = SYMBOL.matcher(piece.form()).replaceAll(symbol -> {
            boolean inner = operates ? filters : isFilter(piece.form(), symbol.start());
            parts.add(text(piece.parts().get(parts.size()), inner));
            return "<" + (parts.size() - 1) + ">";
        });
        String skipping = operates ? skipping(operation.group(1), "<0>", "<1>", filters) : filtering(form);
        return PLACE.matcher(skipping)
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(Integer.parseInt(place.group(1)))));
    }

    private static boolean isFilter(String form, int at) {
        return BEFORE_FILTER.matcher(form.substring(0, at)).find();
    }

    private static String filtering(String form) {
        String joined = JOIN.matcher(form)
                .replaceAll("`house.t` JOIN `house.r` ON IF(IFERROR(($2) IS NOT TRUE, FALSE), FALSE, $1)"
                        + " WHERE IF(IFERROR(($1) IS NOT TRUE, FALSE), FALSE, $2)");
        return FILTERS.matcher(joined).replaceAll(both -> skipping("AND", both.group(1), both.group(2), true));
    }

    private static String skipping(String operator, String left, String right, boolean filters) {
        String decided = operator.equals("OR") ? "TRUE" : "FALSE";
        String decides = filters && operator.equals("AND") ? "NOT TRUE" : decided;
        return "IF(IFERROR((%1$s) IS %3$s, FALSE) OR IFERROR((%2$s) IS %3$s, FALSE), %4$s, (%1$s) %5$s (%2$s))"
                .formatted(left, right, decides, decided, operator);
    }
}
