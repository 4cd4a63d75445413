package dev.sluice.local.sql;

/** Takes text out of a script that nobody looks into before it is executed. */
final class RawText {

    private RawText() {}

    /** Up to one of these words outside of parentheses and of CASE … END, or to the end. */
    static String until(Tokens tokens, String... words) {
        Token from = tokens.peek();
        int open = 0;
        while (tokens.peek().kind() != Token.Kind.END && (open > 0 || !isOne(tokens.peek(), words))) {
            open = Math.max(0, open + opened(tokens.take()));
        }
        String text = tokens.text(from, tokens.peek()).strip();
        if (text.isEmpty()) {
            throw SqlRefused.syntax("Unexpected " + Tokens.describe(tokens.peek()), tokens.peek());
        }
        return text;
    }

    private static boolean isOne(Token token, String... words) {
        for (String word : words) {
            if (token.is(word)) {
                return true;
            }
        }
        return false;
    }

    private static int opened(Token token) {
        if (token.is("(") || token.is("CASE")) {
            return 1;
        }
        return token.is(")") || token.is("END") ? -1 : 0;
    }
}
