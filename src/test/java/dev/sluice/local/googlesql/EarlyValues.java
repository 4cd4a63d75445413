package dev.sluice.local.googlesql;

import dev.sluice.local.googlesql.GeneratedSql.Piece;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an engine may compute before it knows whether WHERE leaves a row that needs it. */
public final class EarlyValues {

    private static final Pattern CROSSED = Pattern.compile("`house.t`, UNNEST\\((\\{[a-zA-Z]+})\\)");
    private static final Pattern SYMBOL = Pattern.compile("\\{[a-zA-Z]+}");

    private EarlyValues() {}

    /**
     * Queries for arrays that the table is crossed with, for each of its rows, and for subqueries by themselves, which are no
     * queries if they name a column of the table.
     */
    public static Stream<Piece> of(Piece statement) {
        Stream<Piece> crossed = CROSSED.matcher(statement.form())
                .results()
                .map(array -> new Piece(
                        "query",
                        "SELECT {I} AS x1 FROM `house.t`",
                        List.of(statement.parts().get(place(statement, array)))));
        return Stream.concat(crossed, statement.parts().stream().flatMap(EarlyValues::subqueries));
    }

    private static int place(Piece statement, MatchResult array) {
        return symbols(statement.form().substring(0, array.start(1)));
    }

    private static int symbols(String form) {
        return (int) SYMBOL.matcher(form).results().count();
    }

    private static Stream<Piece> subqueries(Piece piece) {
        Stream<Piece> inner = piece.parts().stream().flatMap(EarlyValues::subqueries);
        int start = piece.form().indexOf("(SELECT ");
        return start < 0 ? inner : Stream.concat(inner, Stream.of(subquery(piece, start + 1)));
    }

    private static Piece subquery(Piece piece, int start) {
        int open = 1;
        int end = start;
        while (open > 0) {
            char letter = piece.form().charAt(end);
            open += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            end++;
        }
        String query = piece.form().substring(start, end - 1);
        int before = symbols(piece.form().substring(0, start));
        return new Piece("query", query, piece.parts().subList(before, before + symbols(query)));
    }
}
