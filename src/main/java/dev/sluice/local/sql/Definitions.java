package dev.sluice.local.sql;

import java.util.Set;

/** DDL, by the words that it begins with. */
public final class Definitions {

    private static final Set<String> FIRST = Set.of("CREATE", "ALTER", "DROP");
    private static final Set<String> TEMPORARY = Set.of("TEMP", "TEMPORARY");

    private Definitions() {}

    /** @throws SqlRefused for DDL, except for that of something temporary */
    public static void requireNone(String statement) {
        var tokens = new Tokens(statement);
        Token first = tokens.peek();
        int kind = tokens.peek(1).is("OR") ? 3 : 1;
        if (FIRST.contains(first.upper())
                && !TEMPORARY.contains(tokens.peek(kind).upper())) {
            throw new SqlRefused(
                    "invalidQuery",
                    "DDL statements are not supported in a transaction, except for those creating or droping temporary"
                            + " tables or temporary functions. at " + first.place());
        }
    }
}
