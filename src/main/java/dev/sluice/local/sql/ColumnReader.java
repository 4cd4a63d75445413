package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads definitions of columns: their types, and what is said of them and of fields within them. */
final class ColumnReader {

    private record Definition(Type type, ColumnDetails details) {}

    private final Tokens tokens;
    private final OptionsReader options;
    private final ColumnDefaultReader defaults;
    private int depth;

    ColumnReader(Tokens tokens, OptionsReader options, Translation translation) {
        this.tokens = tokens;
        this.options = options;
        this.defaults = new ColumnDefaultReader(tokens, translation);
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
        requireNoConstraint();
        String name = tokens.name();
        Definition definition = definition(type(), true);
        return new Column(name, definition.type(), definition.details());
    }

    /** The type of a column that is there, without what may follow it in a definition. */
    Column typeOf(String name) {
        Definition definition = type();
        return new Column(name, definition.type(), definition.details());
    }

    private void requireNoConstraint() {
        Token at = tokens.peek();
        boolean key = (at.is("PRIMARY") || at.is("FOREIGN")) && tokens.peek(1).is("KEY");
        if (key || at.is("CONSTRAINT") || at.is("REFERENCES") || at.is("COLLATE") || at.is("GENERATED")) {
            throw SqlRefused.unsupported(at.upper() + (key ? " KEY" : "") + " of a table or a column", at);
        }
    }

    private Definition type() {
        Token at = tokens.peek();
        if (depth == TypeParser.MAX_DEPTH) {
            throw SqlRefused.unsupported("types that nest deeper than " + depth, at);
        }
        depth++;
        Definition type = nested(at);
        depth--;
        return type;
    }

    private Definition nested(Token at) {
        if (tokens.takeIf("ARRAY", "<")) {
            Definition element = definition(type(), false);
            tokens.require(">");
            if (element.type().isArray()) {
                throw new SqlRefused("invalidQuery", "Arrays of arrays are not supported at " + at.place());
            }
            return new Definition(Type.array(element.type()), inArray(element.details()));
        }
        if (tokens.takeIf("STRUCT", "<")) {
            return struct();
        }
        Type type = new TypeParser(tokens).name();
        return new Definition(type, new ColumnDetails(false, null, null, TypeLimits.read(type, tokens), List.of()));
    }

    private static ColumnDetails inArray(ColumnDetails element) {
        return new ColumnDetails(false, null, null, element.limits(), element.fields());
    }

    private Definition struct() {
        List<Type.Part> parts = new ArrayList<>();
        List<ColumnDetails> details = new ArrayList<>();
        while (!tokens.peek().is(">")) {
            String name = tokens.name();
            Definition field = definition(type(), false);
            parts.add(new Type.Part(name, field.type()));
            details.add(field.details());
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.require(">");
        return new Definition(Type.struct(parts), new ColumnDetails(false, null, null, TypeLimits.NONE, details));
    }

    /** What may follow a type. */
    private Definition definition(Definition given, boolean column) {
        ColumnDetails said = given.details();
        requireNoConstraint();
        @Nullable String value = tokens.peek().is("DEFAULT") ? defaultOf(given.type(), column) : null;
        Token at = tokens.peek();
        boolean required = tokens.takeIf("NOT", "NULL");
        if (required && given.type().isArray()) {
            throw new SqlRefused("invalidQuery", "NOT NULL cannot be specified for an ARRAY at " + at.place());
        }
        requireNoConstraint();
        value = value == null && tokens.peek().is("DEFAULT") ? defaultOf(given.type(), column) : value;
        return new Definition(
                given.type(), new ColumnDetails(required, options.description(), value, said.limits(), said.fields()));
    }

    private String defaultOf(Type type, boolean column) {
        if (!column) {
            throw SqlRefused.syntax("Unexpected keyword DEFAULT", tokens.peek());
        }
        tokens.require("DEFAULT");
        return defaults.value(type);
    }
}
