package dev.sluice.local.sql;

import java.util.List;

/** Reads CREATE, ALTER and DROP of datasets, after the words that begin them. */
final class SchemaReader {

    private final Tokens tokens;
    private final OptionsReader options;

    SchemaReader(Tokens tokens, OptionsReader options) {
        this.tokens = tokens;
        this.options = options;
    }

    private SchemaName name() {
        Token at = tokens.peek();
        List<String> path = tokens.path();
        return switch (path.size()) {
            case 1 -> new SchemaName(null, path.get(0));
            case 2 -> new SchemaName(path.get(0), path.get(1));
            default -> throw SqlRefused.unsupported("the path " + String.join(".", path), at);
        };
    }

    Statement create() {
        boolean ifNotExists = tokens.takeIf("IF", "NOT", "EXISTS");
        SchemaName schema = name();
        requireNoCollation();
        return new Statement.CreateSchema(schema, ifNotExists, options.options());
    }

    private void requireNoCollation() {
        if (tokens.peek().is("DEFAULT")) {
            throw SqlRefused.unsupported("DEFAULT COLLATE", tokens.peek());
        }
    }

    Statement alter() {
        boolean ifExists = tokens.takeIf("IF", "EXISTS");
        SchemaName schema = name();
        Token at = tokens.peek();
        if (!tokens.takeIf("SET") || !tokens.peek().is("OPTIONS")) {
            throw SqlRefused.unsupported(
                    "ALTER SCHEMA … %s %s".formatted(at.upper(), tokens.peek().upper()), at);
        }
        return new Statement.AlterSchema(schema, ifExists, options.required());
    }

    Statement drop() {
        boolean ifExists = tokens.takeIf("IF", "EXISTS");
        SchemaName schema = name();
        boolean cascade = tokens.takeIf("CASCADE");
        if (!cascade) {
            tokens.takeIf("RESTRICT");
        }
        return new Statement.DropSchema(schema, ifExists, cascade);
    }
}
