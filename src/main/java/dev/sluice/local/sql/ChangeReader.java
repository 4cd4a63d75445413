package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads INSERT, DELETE and UPDATE. */
final class ChangeReader {

    private final Tokens tokens;
    private final Translation translation;
    private final QueryParser parser;
    private final QueryTranslator queries;

    ChangeReader(Tokens tokens, Translation translation) {
        this.tokens = tokens;
        this.translation = translation;
        this.parser = new QueryParser(tokens);
        this.queries = new QueryTranslator(translation);
    }

    Statement insert() {
        tokens.require("INSERT");
        tokens.takeIf("INTO");
        TableName target = tokens.tableName();
        List<Column> all = translation.target(target).columns();
        List<Column> columns = tokens.peek().is("(") && !parser.atQuery() ? named(all) : all;
        String source = tokens.takeIf("VALUES") ? values(columns) : query(columns);
        return new Statement.Insert(
                target,
                columns.stream().map(Column::name).toList(),
                new Statement.Select(source, translation.parameters()));
    }

    private List<Column> named(List<Column> all) {
        tokens.require("(");
        List<Column> columns = new ArrayList<>();
        do {
            Token name = tokens.nameToken();
            Column column = column(all, name);
            if (columns.contains(column)) {
                throw new SqlRefused("invalidQuery", "Duplicate column %s at %s".formatted(name.value(), name.place()));
            }
            columns.add(column);
        } while (tokens.takeIf(","));
        tokens.require(")");
        return columns;
    }

    private static Column column(List<Column> all, Token name) {
        return all.stream()
                .filter(column -> column.name().equalsIgnoreCase(name.value()))
                .findFirst()
                .orElseThrow(() -> new SqlRefused(
                        "invalidQuery",
                        "Column %s is not present in the table at %s".formatted(name.value(), name.place())));
    }

    private static Type type(Column column, Token at) {
        return Type.named(column.type())
                .orElseThrow(() -> SqlRefused.unsupported("columns of type " + column.type(), at));
    }

    private String values(List<Column> columns) {
        var expressions = new ExpressionTranslator(translation, queries, new Scope(null));
        List<String> rows = new ArrayList<>();
        do {
            Token at = tokens.peek();
            tokens.require("(");
            List<Expression> values = parser.expressions().list();
            tokens.require(")");
            requireCount(at, columns.size(), values.size());
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                Typed value = expressions.translate(values.get(i));
                requireNoAggregate(value, at);
                texts.add(Coercions.to(
                                type(columns.get(i), at), value, values.get(i).at())
                        .sql());
            }
            rows.add("(" + String.join(", ", texts) + ")");
        } while (tokens.takeIf(","));
        return "SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS " + translation.alias();
    }

    private static void requireCount(Token at, int columns, int values) {
        if (columns != values) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Inserted row has wrong column count; Has %d, expected %d at %s"
                            .formatted(values, columns, at.place()));
        }
    }

    private static void requireNoAggregate(Typed value, Token at) {
        if (value.aggregate()) {
            throw new SqlRefused("invalidQuery", "Aggregate function not allowed here at " + at.place());
        }
    }

    private String query(List<Column> columns) {
        Token at = tokens.peek();
        if (!parser.atQuery()) {
            throw SqlRefused.unsupported("INSERT without SELECT or VALUES", at);
        }
        Query query = parser.query();
        tokens.requireEnd();
        QueryTranslator.Translated source = queries.nested(query, null);
        requireCount(at, columns.size(), source.columns().size());
        String alias = translation.alias();
        List<Typed> values = source.values(alias);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Type wanted = type(columns.get(i), at);
            texts.add(Coercions.to(wanted, values.get(i), at).sql());
        }
        return "SELECT %s FROM (%s) AS %s".formatted(String.join(", ", texts), source.sql(), alias);
    }

    Statement delete() {
        tokens.require("DELETE");
        tokens.takeIf("FROM");
        TableName target = tokens.tableName();
        Scope scope = scope(target);
        String condition = condition(scope, parsedCondition());
        return new Statement.Delete(target, condition, translation.parameters());
    }

    Statement update() {
        tokens.require("UPDATE");
        TableName target = tokens.tableName();
        List<Column> all = translation.target(target).columns();
        Scope scope = scope(target);
        tokens.require("SET");
        Map<Column, Expression> parsed = new LinkedHashMap<>();
        do {
            Token name = tokens.nameToken();
            tokens.require("=");
            if (parsed.put(column(all, name), parser.expressions().expression()) != null) {
                throw new SqlRefused(
                        "invalidQuery",
                        "Update item %s assigned more than once at %s".formatted(name.value(), name.place()));
            }
        } while (tokens.takeIf(","));
        Expression where = parsedCondition();
        var others = translation.another();
        var expressions = new ExpressionTranslator(others, new QueryTranslator(others), scope);
        Map<String, String> values = new LinkedHashMap<>();
        parsed.forEach((column, value) -> values.put(column.name(), assigned(expressions, column, value)));
        var assignments = new Statement.Assignments(values, others.parameters());
        return new Statement.Update(target, assignments, condition(scope, where), translation.parameters());
    }

    private static String assigned(ExpressionTranslator expressions, Column column, Expression value) {
        Typed typed = expressions.translate(value);
        requireNoAggregate(typed, value.at());
        // the row's new version is written when its old one is gone: a query would miss it
        if (typed.sql().contains("SELECT ")) {
            throw SqlRefused.unsupported("subqueries in SET", value.at());
        }
        return Coercions.to(type(column, value.at()), typed, value.at()).sql();
    }

    private Scope scope(TableName target) {
        @Nullable String alias = target.table();
        Token at = tokens.peek();
        if (tokens.takeIf("AS") || tokens.peek().isName()) {
            alias = tokens.name();
        }
        var scope = new Scope(null);
        scope.add(new Scope.Source(alias, SourceTranslator.fields(translation.target(target), Statement.TARGET)), at);
        return scope;
    }

    private Expression parsedCondition() {
        if (tokens.peek().is("FROM")) {
            throw SqlRefused.unsupported("UPDATE … FROM", tokens.peek());
        }
        tokens.require("WHERE");
        Expression condition = parser.expressions().expression();
        tokens.requireEnd();
        return condition;
    }

    private String condition(Scope scope, Expression where) {
        Typed condition = new ExpressionTranslator(translation, queries, scope).bool(where);
        requireNoAggregate(condition, where.at());
        return condition.sql();
    }
}
