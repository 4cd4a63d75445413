package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads INSERT. */
final class InsertReader {

    private final Tokens tokens;
    private final Translation translation;
    private final QueryParser parser;
    private final QueryTranslator queries;

    InsertReader(Tokens tokens, Translation translation, QueryParser parser) {
        this.tokens = tokens;
        this.translation = translation;
        this.parser = parser;
        this.queries = new QueryTranslator(translation);
    }

    Statement insert() {
        tokens.require("INSERT");
        tokens.takeIf("INTO");
        var target = new TargetTable(translation, tokens.tableName());
        boolean named = !QueryStart.is(tokens) && tokens.takeIf("(");
        List<Column> columns = target.named(named ? tokens.closedList(tokens::nameToken) : List.of());
        List<Column> omitted = target.omitted(columns);
        String source = tokens.takeIf("VALUES") ? values(target, columns, omitted) : query(target, columns, omitted);
        List<Column> written = Stream.concat(columns.stream(), omitted.stream()).toList();
        return new Statement.Insert(
                target.name(),
                written.stream().map(Column::name).toList(),
                new Statement.Select(source, translation.parameters(), written));
    }

    private String values(TargetTable target, List<Column> columns, List<Column> omitted) {
        var expressions = new ExpressionTranslator(translation, queries, new Scope(null));
        List<String> rows = tokens.commaSeparated(() -> row(target, columns, omitted, expressions));
        return "SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS " + translation.alias();
    }

    private String row(
            TargetTable target, List<Column> columns, List<Column> omitted, ExpressionTranslator expressions) {
        Token at = tokens.peek();
        tokens.require("(");
        List<Expression> values = tokens.closedList(parser.expressions()::expressionOrDefault);
        TargetTable.requireCount(at, columns.size(), values.size());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            texts.add(target.value(columns.get(i), values.get(i), expressions));
        }
        omitted.forEach(column -> texts.add(target.defaultValue(column, at)));
        return "(" + String.join(", ", texts) + ")";
    }

    private String query(TargetTable target, List<Column> columns, List<Column> omitted) {
        Token at = tokens.peek();
        if (!QueryStart.is(tokens)) {
            throw SqlRefused.unsupported("INSERT without SELECT or VALUES", at);
        }
        Query query = parser.query();
        tokens.requireEnd();
        TranslatedQuery source = queries.nested(query, null);
        TargetTable.requireCount(at, columns.size(), source.columns().size());
        String alias = translation.alias();
        List<Typed> values = source.values(alias);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String wording = "Query column " + (i + 1)
                    + " has type %s which cannot be inserted into column %s, which has type %s";
            texts.add(TargetTable.value(columns.get(i), values.get(i), at, wording));
        }
        omitted.forEach(column -> texts.add(target.defaultValue(column, at)));
        return "SELECT %s FROM (%s) AS %s".formatted(String.join(", ", texts), source.sql(), alias);
    }
}
