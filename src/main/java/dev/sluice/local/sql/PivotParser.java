package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Computed;
import dev.sluice.local.sql.Query.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads PIVOT and UNPIVOT behind what they turn. */
final class PivotParser {

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final TableParser tables;

    PivotParser(Tokens tokens, ExpressionParser expressions, TableParser tables) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.tables = tables;
    }

    boolean isNext() {
        return isNext(tokens);
    }

    static boolean isNext(Tokens tokens) {
        Token next = tokens.peek(1);
        return tokens.peek().is("PIVOT") && next.is("(")
                || tokens.peek().is("UNPIVOT") && (next.is("(") || next.is("INCLUDE") || next.is("EXCLUDE"));
    }

    Source turned(Source source) {
        Token at = tokens.take();
        return at.is("PIVOT") ? pivoted(at, source) : unpivoted(at, source);
    }

    private Source pivoted(Token at, Source source) {
        tokens.require("(");
        List<Computed> aggregates = tokens.commaSeparated(this::named);
        tokens.require("FOR");
        Expression input = expressions.sum();
        tokens.require("IN", "(");
        List<Computed> values = tokens.closedList(this::named);
        tokens.require(")");
        return new Query.Pivoted(at, source, aggregates, input, values, tables.alias());
    }

    private Computed named() {
        Expression expression = expressions.expression();
        boolean as = tokens.takeIf("AS");
        return new Computed(expression, as || tokens.peek().isName() ? tokens.nameToken() : null);
    }

    private Source unpivoted(Token at, Source source) {
        boolean nulls = tokens.takeIf("INCLUDE", "NULLS");
        if (!nulls) {
            tokens.takeIf("EXCLUDE", "NULLS");
        }
        tokens.require("(");
        List<Token> values = columns();
        tokens.require("FOR");
        Token name = tokens.nameToken();
        tokens.require("IN", "(");
        List<Query.Unpivot> columns = tokens.closedList(() -> unpivot(values));
        tokens.require(")");
        return new Query.Unpivoted(at, source, nulls, values, name, columns, tables.alias());
    }

    private List<Token> columns() {
        return tokens.takeIf("(") ? tokens.closedList(tokens::nameToken) : List.of(tokens.nameToken());
    }

    private Expression.Name column() {
        Token name = tokens.nameToken();
        return new Expression.Name(tokens.takeIf(".") ? List.of(name, tokens.nameToken()) : List.of(name));
    }

    private Query.Unpivot unpivot(List<Token> values) {
        Token at = tokens.peek();
        List<Expression.Name> columns = tokens.takeIf("(") ? tokens.closedList(this::column) : List.of(column());
        if (columns.size() != values.size()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "UNPIVOT of %d columns has %d values at %s".formatted(columns.size(), values.size(), at.place()));
        }
        boolean as = tokens.takeIf("AS");
        Token.Kind next = tokens.peek().kind();
        boolean labelled = as || next == Token.Kind.STRING || next == Token.Kind.NUMBER;
        return new Query.Unpivot(columns, labelled ? label() : null);
    }

    private Expression.Constant label() {
        @Nullable Expression label = expressions.sum();
        if (label instanceof Expression.Constant constant
                && (constant.type().equals(Type.STRING) || constant.type().equals(Type.INT64))) {
            return constant;
        }
        throw SqlRefused.syntax("Expected a STRING or an INT64 literal", label.at());
    }
}
