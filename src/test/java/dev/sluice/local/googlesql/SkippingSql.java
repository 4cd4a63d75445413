package dev.sluice.local.googlesql;

import dev.sluice.local.googlesql.GeneratedSql.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that mean the same, but compute the second operand of AND and OR only where the first leaves the matter open.
 * GoogleSQL's operators.md: "The order of evaluation of operands to AND and OR can vary, and evaluation can be skipped if
 * unnecessary." Its reference computes both.
 */
public final class SkippingSql {

    private SkippingSql() {}

    public static Piece of(Piece piece) {
        List<Piece> parts = new ArrayList<>();
        piece.parts().forEach(part -> parts.add(of(part)));
        return switch (piece.form()) {
            case "({b} AND {b})" -> choosing(piece, "IF({b} IS FALSE, FALSE, {b} AND {b})", parts);
            case "({b} OR {b})" -> choosing(piece, "IF({b} IS TRUE, TRUE, {b} OR {b})", parts);
            default -> new Piece(piece.symbol(), selecting(piece.form()), parts);
        };
    }

    private static Piece choosing(Piece piece, String form, List<Piece> operands) {
        return new Piece(piece.symbol(), form, List.of(operands.get(0), operands.get(0), operands.get(1)));
    }

    /** A WHERE does not tell NULL from FALSE. */
    private static String selecting(String form) {
        return form.replace("WHERE {b} AND {b}", "WHERE IF({b}, {b}, FALSE)");
    }
}
