package dev.sluice.local.sql;

/** Reads what ALTER TABLE does to columns. */
final class AlterColumnReader {

    private final Tokens tokens;
    private final OptionsReader options;
    private final ColumnReader columns;
    private final ColumnDefaultReader defaults;

    AlterColumnReader(Tokens tokens, OptionsReader options, Translation translation) {
        this.tokens = tokens;
        this.options = options;
        this.columns = new ColumnReader(tokens, options, translation);
        this.defaults = new ColumnDefaultReader(tokens, translation);
    }

    /** After ADD COLUMN. */
    Alteration add() {
        boolean ifNotExists = tokens.takeIf("IF", "NOT", "EXISTS");
        return new Alteration.AddColumn(columns.column(), ifNotExists);
    }

    /** After DROP COLUMN. */
    Alteration drop() {
        boolean ifExists = tokens.takeIf("IF", "EXISTS");
        return new Alteration.DropColumn(tokens.name(), ifExists);
    }

    /** After RENAME COLUMN. */
    Alteration rename() {
        boolean ifExists = tokens.takeIf("IF", "EXISTS");
        String from = tokens.name();
        tokens.require("TO");
        return new Alteration.RenameColumn(from, tokens.name(), ifExists);
    }

    /** After ALTER COLUMN. */
    Alteration alter() {
        boolean ifExists = tokens.takeIf("IF", "EXISTS");
        String column = tokens.name();
        return new Alteration.AlterColumn(column, ifExists, change(column));
    }

    private Alteration.ColumnChange change(String column) {
        Token at = tokens.peek();
        if (tokens.takeIf("DROP", "NOT", "NULL")) {
            return new Alteration.DropNotNull();
        }
        if (tokens.takeIf("DROP", "DEFAULT")) {
            return new Alteration.SetDefault(null);
        }
        if (tokens.takeIf("SET", "DEFAULT")) {
            return new Alteration.SetDefault(defaults.value(null));
        }
        if (tokens.takeIf("SET", "DATA", "TYPE")) {
            return new Alteration.SetDataType(columns.typeOf(column));
        }
        if (tokens.takeIf("SET") && tokens.peek().is("OPTIONS")) {
            return tokens.takeIf("OPTIONS", "(", ")")
                    ? new Alteration.SetNoOptions()
                    : new Alteration.SetDescription(options.description());
        }
        throw SqlRefused.unsupported("ALTER COLUMN … %s".formatted(at.upper()), at);
    }
}
