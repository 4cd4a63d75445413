package dev.sluice.local.googlesql;

import dev.sluice.local.googlesql.GeneratedSql.Piece;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Arrays that statements cross a table with. */
public final class CrossedArrays {

    private static final Pattern CROSSED = Pattern.compile("`house.t`, UNNEST\\((\\{[a-zA-Z]+})\\)");
    private static final Pattern SYMBOL = Pattern.compile("\\{[a-zA-Z]+}");

    private CrossedArrays() {}

    /** What the array is for each row of the table. */
    public static Optional<Piece> unfiltered(Piece statement) {
        return CROSSED.matcher(statement.form())
                .results()
                .map(crossed -> statement.parts().get(place(statement, crossed)))
                .map(array -> new Piece("query", "SELECT {I} AS x1 FROM `house.t`", List.of(array)))
                .findFirst();
    }

    private static int place(Piece statement, MatchResult crossed) {
        return (int) SYMBOL.matcher(statement.form().substring(0, crossed.start(1)))
                .results()
                .count();
    }
}
