package dev.sluice.local.sql;

import java.util.Set;

/** Tells whether a query begins where one reads, without reading it. */
final class QueryStart {

    private static final Set<String> AFTER_QUERY = Set.of(")", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT");

    private QueryStart() {}

    /** Perhaps in parentheses. */
    static boolean is(Tokens tokens) {
        int ahead = 0;
        while (tokens.peek(ahead).is("(")) {
            ahead++;
        }
        return tokens.peek(ahead).is("SELECT")
                || tokens.peek(ahead).is("WITH")
                        && (tokens.peek(ahead + 2).is("AS")
                                || tokens.peek(ahead + 1).is("RECURSIVE"));
    }

    /** A query, and not an expression that begins with one: {@code (SELECT 1) + 1}. */
    static boolean isWhole(Tokens tokens) {
        return is(tokens) && parenthesesEndQueries(tokens);
    }

    /** Whether after each of the parentheses that begin here a query may go on or end. */
    private static boolean parenthesesEndQueries(Tokens tokens) {
        int begun = 0;
        while (tokens.peek(begun).is("(")) {
            begun++;
        }
        int open = begun;
        for (int ahead = begun; open > 0; ahead++) {
            Token token = tokens.peek(ahead);
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            boolean ended = open < begun;
            if (token.kind() == Token.Kind.END
                    || ended && !AFTER_QUERY.contains(tokens.peek(ahead + 1).upper())) {
                return false;
            }
            begun = Math.min(begun, open);
        }
        return true;
    }
}
