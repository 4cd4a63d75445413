package dev.sluice.local.sql;

/**
 * Parameters by their place in a script. Its statements are read apart from one another, so there each {@code ?} has the
 * name of its place in the whole script.
 */
public final class Positions {

    private static final String NAME = "_sluice_position_";

    private Positions() {}

    /** @param position from 1 */
    public static String name(int position) {
        return NAME + position;
    }

    /** A script with names for its positional parameters. */
    static String named(String script) {
        if (script.indexOf('?') < 0) {
            return script;
        }
        var named = new StringBuilder();
        int written = 0;
        int line = 1;
        int lineStart = 0;
        for (Token token : Lexer.read(script)) {
            for (; line < token.line(); line++) {
                lineStart = script.indexOf('\n', lineStart) + 1;
            }
            if (token.kind() == Token.Kind.PARAMETER && token.value().equals("?")) {
                int at = lineStart + token.column() - 1;
                named.append(script, written, at).append(name(token)).append(' ');
                written = at + 1;
            }
        }
        return named.append(script.substring(written)).toString();
    }

    private static String name(Token token) {
        return token.text().replace("@", "@" + NAME);
    }

    /** A text of a script as its author wrote it. */
    public static String written(String text) {
        return text.replaceAll("@" + NAME + "\\d+ ?", "?");
    }

    /** What an error calls a parameter. */
    static String told(String name) {
        return name.startsWith(NAME) ? name.substring(NAME.length()) : name;
    }
}
