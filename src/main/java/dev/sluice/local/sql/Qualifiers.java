package dev.sluice.local.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What stands before a dot, and so may be a dataset. */
final class Qualifiers {

    private static final Set<String> BEFORE_TABLES =
            Set.of("FROM", "JOIN", "INTO", "UPDATE", "DELETE", "INSERT", "MERGE", "USING", "TABLE", "VIEW", "EXISTS");
    private static final Pattern DATASET = Pattern.compile("\\w+");

    private final Set<String> ofTables = new LinkedHashSet<>();
    private final Set<String> others = new LinkedHashSet<>();

    private Qualifiers() {}

    /** In their order, but those of tables first, since aliases before columns may be called like datasets. */
    static Set<String> of(List<Token> tokens) {
        var qualifiers = new Qualifiers();
        Token before = tokens.get(tokens.size() - 1);
        boolean ofTable = false;
        for (int i = 0; i < tokens.size() - 1; i++) {
            if (!before.is(".") && !before.is("-")) {
                ofTable = BEFORE_TABLES.contains(before.upper());
            }
            before = tokens.get(i);
            qualifiers.add(before, tokens.get(i + 1).is("."), ofTable);
        }
        qualifiers.ofTables.addAll(qualifiers.others);
        return qualifiers.ofTables;
    }

    /** @param isPart whether a dot follows the token */
    private void add(Token token, boolean isPart, boolean ofTable) {
        boolean isQuoted = token.kind() == Token.Kind.QUOTED;
        if (token.kind() != Token.Kind.WORD && !isQuoted || !isPart && !isQuoted) {
            return;
        }
        String[] parts = token.value().split("\\.", -1);
        for (int i = 0; i < parts.length - (isPart ? 0 : 1); i++) {
            if (DATASET.matcher(parts[i]).matches()) {
                (ofTable ? ofTables : others).add(parts[i]);
            }
        }
    }
}
