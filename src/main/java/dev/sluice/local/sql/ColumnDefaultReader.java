package dev.sluice.local.sql;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what columns are if nothing is written into them. */
public final class ColumnDefaultReader {

    private static final Set<String> FUNCTIONS = Set.of(
            "ARRAY",
            "CURRENT_DATE",
            "CURRENT_DATETIME",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "GENERATE_UUID",
            "RAND",
            "SESSION_USER",
            "STRUCT",
            "ST_GEOGPOINT");

    private final Tokens tokens;
    private final Translation translation;

    ColumnDefaultReader(Tokens tokens, Translation translation) {
        this.tokens = tokens;
        this.translation = translation;
    }

    /**
     * @param type of the column, null if it is not known yet
     * @return the expression as written
     */
    String value(@Nullable Type type) {
        Token from = tokens.peek();
        for (int ahead = 0; !tokens.peek(ahead).is("NOT") && isInside(ahead); ahead++) {
            requireConstant(tokens.peek(ahead), tokens.peek(ahead + 1));
        }
        new QueryParser(tokens).expressions().expression();
        String text = tokens.text(from, tokens.peek()).strip();
        if (type != null) {
            requireType(text, type, translation.relations());
        }
        return text;
    }

    /**
     * Reads one that stands alone.
     *
     * @throws SqlRefused unless all of the text is what a column of the type may be by default
     */
    public static void require(String text, Type type, Relations relations) {
        var tokens = new Tokens(text);
        for (int i = 0; tokens.peek(i).kind() != Token.Kind.END; i++) {
            if (tokens.peek(i).is("SELECT")) {
                requireConstant(tokens.peek(i), tokens.peek(i + 1));
            }
        }
        new ColumnDefaultReader(tokens, new Translation(relations, Map.of())).value(type);
        tokens.requireEnd();
    }

    /** As far as an expression without commas outside of parentheses may go. */
    private boolean isInside(int ahead) {
        int open = 0;
        for (int i = 0; i <= ahead; i++) {
            Token token = tokens.peek(i);
            open += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            if (open < 0 || open == 0 && token.is(",") || token.kind() == Token.Kind.END || token.is("OPTIONS")) {
                return false;
            }
        }
        return true;
    }

    private static void requireConstant(Token token, Token next) {
        boolean call = token.kind() == Token.Kind.WORD && next.is("(") && !FUNCTIONS.contains(token.upper());
        if (call || token.is("SELECT") || token.kind() == Token.Kind.PARAMETER) {
            throw new SqlRefused(
                    "invalidQuery",
                    "The default value expression must be a literal or one of the functions that default values may"
                            + " call, at " + token.place());
        }
    }

    /** @throws SqlRefused unless a default value becomes a type by itself */
    public static void requireType(String text, Type type, Relations relations) {
        GoogleSql.value(text, type, relations, Map.of());
    }
}
