package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a table, an UNNEST or APPENDS after FROM, with what belongs to it. */
final class TableParser {

    private final Tokens tokens;
    private final ExpressionParser expressions;

    TableParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Source table() {
        Token at = tokens.peek();
        if (at.is("UNNEST")) {
            return unnest(tokens.take());
        }
        List<String> path = tokens.path();
        if (tokens.peek().is("(")) {
            return tableFunction(at);
        }
        @Nullable Expression asOf = asOf();
        @Nullable String alias = alias();
        asOf = asOf == null ? asOf() : asOf;
        @Nullable String offset = offset();
        refuseModifiers();
        String name = alias == null ? path.get(path.size() - 1) : alias;
        if (offset != null) {
            return new Query.Unnest(at, Expression.Name.of(at, path), name, offset);
        }
        return new Query.Table(at, path, name, asOf);
    }

    private Source tableFunction(Token name) {
        if (!name.is("APPENDS")) {
            throw SqlRefused.unsupported("table functions but APPENDS", name);
        }
        tokens.require("(");
        tokens.require("TABLE");
        Token at = tokens.peek();
        List<String> path = tokens.path();
        @Nullable Expression since = tokens.takeIf(",") ? expressions.expression() : null;
        @Nullable Expression until = tokens.takeIf(",") ? expressions.expression() : null;
        tokens.require(")");
        return new Query.Appended(at, path, alias(), since, until);
    }

    private Query.Unnest unnest(Token at) {
        tokens.require("(");
        Expression array = expressions.expression();
        tokens.require(")");
        @Nullable String alias = alias();
        return new Query.Unnest(at, array, alias, offset());
    }

    private @Nullable String offset() {
        if (!tokens.takeIf("WITH", "OFFSET")) {
            return null;
        }
        @Nullable String alias = alias();
        return alias == null ? "offset" : alias;
    }

    private @Nullable Expression asOf() {
        return tokens.takeIf("FOR", "SYSTEM_TIME", "AS", "OF") ? expressions.expression() : null;
    }

    private void refuseModifiers() {
        Token next = tokens.peek();
        if (next.is("FOR") || next.is("TABLESAMPLE") || next.is("WITH")) {
            throw SqlRefused.unsupported(next.upper() + " after a table", next);
        }
    }

    @Nullable
    String alias() {
        Token next = tokens.peek();
        if (tokens.takeIf("AS")) {
            return tokens.name();
        }
        if (next.is("MATCH_RECOGNIZE") && tokens.peek(1).is("(")) {
            throw SqlRefused.unsupported(next.upper(), next);
        }
        return next.isName() && !PivotParser.isNext(tokens) ? tokens.name() : null;
    }
}
