package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads MERGE, UPDATE and DELETE. */
final class MergeParser {

    private final Tokens tokens;
    private final QueryParser queries;

    MergeParser(Tokens tokens, QueryParser queries) {
        this.tokens = tokens;
        this.queries = queries;
    }

    Merge delete() {
        Token at = tokens.take();
        tokens.takeIf("FROM");
        TableName target = tokens.tableName();
        @Nullable String alias = alias();
        return one(at, target, alias, null, new Merge.Delete());
    }

    Merge update() {
        Token at = tokens.take();
        TableName target = tokens.tableName();
        @Nullable String alias = alias();
        Merge.Update update = assignments(target, alias);
        Query.@Nullable Source source = tokens.takeIf("FROM") ? queries.source() : null;
        return one(at, target, alias, source, update);
    }

    private Merge one(
            Token at, TableName target, @Nullable String alias, Query.@Nullable Source source, Merge.Action action) {
        if (!tokens.takeIf("WHERE")) {
            throw tokens.atEnd()
                    ? new SqlRefused(
                            "invalidQuery", "%s must have a WHERE clause at %s".formatted(at.upper(), at.place()))
                    : SqlRefused.syntax("Expected WHERE but got " + Tokens.describe(tokens.peek()), tokens.peek());
        }
        Expression where = queries.expressions().expression();
        tokens.requireEnd();
        var clause = new Merge.Clause(at, Merge.Rows.MATCHED, null, action);
        return new Merge(at, target, alias, source, where, List.of(clause));
    }

    Merge merge() {
        Token at = tokens.take();
        tokens.takeIf("INTO");
        TableName target = tokens.tableName();
        @Nullable String alias = alias();
        tokens.require("USING");
        Query.Source source = rows(queries.oneSource());
        tokens.require("ON");
        Expression on = queries.expressions().expression();
        List<Merge.Clause> clauses = new ArrayList<>();
        do {
            clauses.add(clause(target, alias));
        } while (tokens.peek().is("WHEN"));
        tokens.requireEnd();
        return new Merge(at, target, alias, source, on, clauses);
    }

    /** Elements of an array are read as the rows of a query. */
    private static Query.Source rows(Query.Source source) {
        if (!(source instanceof Query.Unnest unnest)) {
            return source;
        }
        Token at = unnest.at();
        var all = new Query.Star(at, null, List.of(), List.of());
        var select = new Query.Select(at, false, "", List.of(all), unnest, null, List.of(), null, null, Map.of());
        return new Query.Derived(new Query(at, List.of(), select, List.of(), null, null), unnest.alias());
    }

    private @Nullable String alias() {
        return tokens.takeIf("AS") || tokens.peek().isName() ? tokens.name() : null;
    }

    private Merge.Clause clause(TableName target, @Nullable String alias) {
        Token at = tokens.peek();
        tokens.require("WHEN");
        Merge.Rows rows = rows();
        @Nullable
        Expression condition = tokens.takeIf("AND") ? queries.expressions().expression() : null;
        tokens.require("THEN");
        return new Merge.Clause(at, rows, condition, action(rows, target, alias));
    }

    private Merge.Rows rows() {
        if (!tokens.takeIf("NOT")) {
            tokens.require("MATCHED");
            return Merge.Rows.MATCHED;
        }
        tokens.require("MATCHED");
        if (tokens.takeIf("BY", "SOURCE")) {
            return Merge.Rows.NOT_MATCHED_BY_SOURCE;
        }
        tokens.takeIf("BY", "TARGET");
        return Merge.Rows.NOT_MATCHED_BY_TARGET;
    }

    private Merge.Action action(Merge.Rows rows, TableName target, @Nullable String alias) {
        Token at = tokens.peek();
        if (rows == Merge.Rows.NOT_MATCHED_BY_TARGET) {
            tokens.require("INSERT");
            return insert(at);
        }
        if (tokens.takeIf("DELETE")) {
            return new Merge.Delete();
        }
        tokens.require("UPDATE");
        return assignments(target, alias);
    }

    private Merge.Insert insert(Token at) {
        List<Token> columns = tokens.takeIf("(") ? tokens.closedList(tokens::nameToken) : List.of();
        if (tokens.takeIf("ROW")) {
            return new Merge.Insert(at, columns, null);
        }
        tokens.require("VALUES", "(");
        return new Merge.Insert(at, columns, tokens.closedList(queries.expressions()::expressionOrDefault));
    }

    /** A column may be named with the target's own name before it. */
    private Merge.Update assignments(TableName target, @Nullable String alias) {
        tokens.require("SET");
        String name = alias == null ? target.table() : alias;
        return new Merge.Update(tokens.commaSeparated(() -> assignment(name)));
    }

    private Merge.Assignment assignment(String target) {
        if (tokens.peek().is("(")) {
            throw SqlRefused.unsupported("UPDATE … SET (…): DML within an array", tokens.peek());
        }
        List<Token> path = new ArrayList<>(List.of(tokens.nameToken()));
        while (tokens.takeIf(".")) {
            path.add(tokens.take());
        }
        if (tokens.peek().is("[")) {
            throw SqlRefused.unsupported("assignments to an element of an array", tokens.peek());
        }
        tokens.require("=");
        boolean qualified = path.size() > 1 && path.get(0).value().equalsIgnoreCase(target);
        return new Merge.Assignment(
                qualified ? path.subList(1, path.size()) : path,
                queries.expressions().expressionOrDefault());
    }
}
