package dev.sluice.local.sql;

import java.util.List;

/** Reads ALTER TABLE, DROP and TRUNCATE. */
final class AlterReader {

    private final Tokens tokens;
    private final OptionsReader options;
    private final AlterColumnReader columns;
    private final PolicyReader policies;
    private final SchemaReader schemas;

    AlterReader(Tokens tokens, Translation translation, QueryParser parser) {
        this.tokens = tokens;
        this.options = new OptionsReader(tokens, translation, parser);
        this.columns = new AlterColumnReader(tokens, options, translation);
        this.policies = new PolicyReader(tokens, parser);
        this.schemas = new SchemaReader(tokens, options);
    }

    Statement alter() {
        tokens.require("ALTER");
        if (tokens.takeIf("SCHEMA")) {
            return schemas.alter();
        }
        Token at = tokens.peek();
        for (String kind : List.of("TABLE", "VIEW", "MATERIALIZED VIEW")) {
            if (tokens.takeIf(kind.split(" ", -1))) {
                boolean ifExists = tokens.takeIf("IF", "EXISTS");
                TableName table = tokens.tableName();
                List<Alteration> alterations =
                        kind.equals("TABLE") ? tokens.commaSeparated(this::alteration) : List.of(options(kind));
                return new Statement.AlterTable(kind, table, ifExists, alterations);
            }
        }
        throw SqlRefused.unsupported("ALTER " + at.upper(), at);
    }

    private Alteration options(String kind) {
        Token at = tokens.peek();
        if (!tokens.takeIf("SET") || !tokens.peek().is("OPTIONS")) {
            throw SqlRefused.unsupported("ALTER %s … %s".formatted(kind, at.upper()), at);
        }
        return new Alteration.SetOptions(options.required());
    }

    private Alteration alteration() {
        Token at = tokens.peek();
        if (tokens.takeIf("RENAME", "TO")) {
            List<String> path = tokens.path();
            if (path.size() != 1) {
                throw new SqlRefused(
                        "invalidQuery", "The new name must be a table of the same dataset, without its path");
            }
            return new Alteration.Rename(path.get(0));
        }
        if (tokens.takeIf("ADD", "COLUMN")) {
            return columns.add();
        }
        if (tokens.takeIf("DROP", "COLUMN")) {
            return columns.drop();
        }
        if (tokens.takeIf("RENAME", "COLUMN")) {
            return columns.rename();
        }
        if (tokens.takeIf("ALTER", "COLUMN")) {
            return columns.alter();
        }
        if (tokens.peek(1).is("OPTIONS") && tokens.takeIf("SET")) {
            return new Alteration.SetOptions(options.required());
        }
        throw SqlRefused.unsupported("ALTER TABLE … " + at.upper(), at);
    }

    Statement drop() {
        tokens.require("DROP");
        if (tokens.peek().is("ALL") || tokens.peek().is("ROW")) {
            return policies.drop();
        }
        if (tokens.takeIf("SCHEMA")) {
            return schemas.drop();
        }
        for (String kind : List.of("TABLE", "VIEW", "MATERIALIZED VIEW", "SNAPSHOT TABLE")) {
            if (tokens.takeIf(kind.split(" ", -1))) {
                boolean ifExists = tokens.takeIf("IF", "EXISTS");
                return new Statement.Drop(kind, tokens.tableName(), ifExists);
            }
        }
        throw SqlRefused.unsupported("DROP " + tokens.peek().upper(), tokens.peek());
    }

    Statement truncate() {
        tokens.require("TRUNCATE", "TABLE");
        return new Statement.Truncate(tokens.tableName());
    }
}
