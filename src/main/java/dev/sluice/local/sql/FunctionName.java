package dev.sluice.local.sql;

import dev.sluice.local.sql.Token.Kind;
import java.util.Optional;

/**
 * The name of a function, with SAFE. and NET. if it begins so.
 *
 * @param token the name, which says NET., too
 * @param length how many tokens it consists of
 */
record FunctionName(Token token, boolean safe, int length) {

    /** Empty if no call comes next. */
    static Optional<FunctionName> next(Tokens tokens) {
        boolean safe = isPrefix("SAFE", tokens, 0);
        int before = safe ? 2 : 0;
        boolean net = isPrefix("NET", tokens, before);
        int last = before + (net ? 2 : 0);
        Token name = tokens.peek(last);
        boolean named = last == 0 ? name.isName() : name.kind() == Kind.WORD;
        return named && tokens.peek(last + 1).is("(")
                ? Optional.of(new FunctionName(net ? name.word("NET." + name.upper()) : name, safe, last + 1))
                : Optional.empty();
    }

    private static boolean isPrefix(String prefix, Tokens tokens, int ahead) {
        return tokens.peek(ahead).is(prefix) && tokens.peek(ahead + 1).is(".");
    }
}
