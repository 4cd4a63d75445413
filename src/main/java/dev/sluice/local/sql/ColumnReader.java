package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;

/** Reads definitions of columns. */
final class ColumnReader {

    private final Tokens tokens;
    private final OptionsReader options;

    ColumnReader(Tokens tokens, OptionsReader options) {
        this.tokens = tokens;
        this.options = options;
    }

    List<Column> columns() {
        tokens.require("(");
        List<Column> columns = new ArrayList<>();
        do {
            if (tokens.peek().is(")")) {
                break;
            }
            columns.add(column());
        } while (tokens.takeIf(","));
        tokens.require(")");
        return columns;
    }

    Column column() {
        String name = tokens.name();
        Type type = new TypeParser(tokens).type();
        boolean required = tokens.takeIf("NOT", "NULL");
        return new Column(name, type, required, options.description());
    }
}
