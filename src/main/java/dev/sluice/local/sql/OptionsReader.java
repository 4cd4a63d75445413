package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads OPTIONS (…). */
final class OptionsReader {

    private final Tokens tokens;
    private final Translation translation;
    private final QueryParser parser;

    OptionsReader(Tokens tokens, Translation translation, QueryParser parser) {
        this.tokens = tokens;
        this.translation = translation;
        this.parser = parser;
    }

    /** Empty if there are none. */
    Statement.Options options() {
        return tokens.peek().is("OPTIONS") ? required() : none();
    }

    static Statement.Options none() {
        return new Statement.Options(List.of(), new Statement.Select("SELECT 1", List.of(), List.of()));
    }

    Statement.Options required() {
        tokens.require("OPTIONS", "(");
        return translation.apart(this::rest);
    }

    private Statement.Options rest() {
        var expressions = new ExpressionTranslator(translation, new QueryTranslator(translation), new Scope(null));
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (!tokens.peek().is(")")) {
            Token name = tokens.nameToken();
            tokens.require("=");
            String lower = name.value().toLowerCase(Locale.ROOT);
            if (!seen.add(lower)) {
                throw new SqlRefused("invalidQuery", "Duplicate option %s at %s".formatted(lower, name.place()));
            }
            names.add(lower);
            Expression given = parser.expressions().expression();
            Typed value = moment(lower, expressions.translate(given), given.at());
            columns.add(new Column(lower, value.type()));
            values.add(json(value));
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.require(")");
        String sql = values.isEmpty() ? "SELECT 1" : "SELECT " + String.join(", ", values);
        return new Statement.Options(names, new Statement.Select(sql, translation.parameters(), columns));
    }

    /** A literal text may stand for a moment. */
    private static Typed moment(String name, Typed value, Token at) {
        return name.equals("expiration_timestamp") && value.text() != null
                ? Coercions.to(Type.TIMESTAMP, value, at)
                : value;
    }

    /** Moments in milliseconds since 1970. */
    private static String json(Typed value) {
        String shown = value.type().equals(Type.TIMESTAMP) ? "epoch_ms(" + value.sql() + ")" : value.sql();
        return "CAST(to_json(" + shown + ") AS VARCHAR)";
    }

    /** The description of a column, which must be a literal. */
    @org.jspecify.annotations.Nullable
    String description() {
        if (!tokens.takeIf("OPTIONS", "(")) {
            return null;
        }
        if (tokens.takeIf(")")) {
            return null;
        }
        Token name = tokens.nameToken();
        tokens.require("=");
        Token value = tokens.take();
        boolean known = value.kind() == Token.Kind.STRING || value.is("NULL");
        if (!name.value().equalsIgnoreCase("description") || !known) {
            throw SqlRefused.unsupported("option " + name.text() + " of a column", name);
        }
        tokens.require(")");
        return value.is("NULL") ? null : value.value();
    }
}
