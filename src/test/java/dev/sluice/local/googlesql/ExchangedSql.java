package dev.sluice.local.googlesql;

import dev.sluice.local.googlesql.GeneratedSql.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements that mean the same, but of a condition of a filter or a join the second operand of its AND is computed first, and
 * for all rows. GoogleSQL leaves open which operand is computed first; the reference splits such a condition and joins by the
 * equality in it before it looks at the rest. See {@link SkippingSql}.
 */
public final class ExchangedSql {

    private static final Pattern SYMBOL = Pattern.compile("\\{[a-zA-Z]+}");
    private static final Pattern PLACE = Pattern.compile("<(\\d+)>");
    private static final String OPERAND = "(<\\d+>|[\\w.]+ [=<>] (?:[\\w.]+|<\\d+>))";
    private static final Pattern FILTER =
            Pattern.compile("(?<=^|WHERE |ON )" + OPERAND + " AND " + OPERAND + "(?=$|\\)| ORDER BY| WHERE)");

    private ExchangedSql() {}

    public static Piece of(Piece statement) {
        return new Piece(statement.symbol(), text(statement), List.of());
    }

    private static String text(Piece piece) {
        List<String> parts = new ArrayList<>();
        String form = SYMBOL.matcher(piece.form()).replaceAll(symbol -> {
            parts.add(text(piece.parts().get(parts.size())));
            return "<" + (parts.size() - 1) + ">";
        });
        return PLACE.matcher(FILTER.matcher(form).replaceAll("IF($2, $1, FALSE)"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(Integer.parseInt(place.group(1)))));
    }
}
