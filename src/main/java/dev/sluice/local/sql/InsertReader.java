package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;

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
        String source = tokens.takeIf("VALUES") ? values(columns) : query(columns);
        return new Statement.Insert(
                target.name(),
                columns.stream().map(Column::name).toList(),
                new Statement.Select(source, translation.parameters(), columns));
    }

    private String values(List<Column> columns) {
        var expressions = new ExpressionTranslator(translation, queries, new Scope(null));
        List<String> rows = tokens.commaSeparated(() -> row(columns, expressions));
        return "SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS " + translation.alias();
    }

    private String row(List<Column> columns, ExpressionTranslator expressions) {
        Token at = tokens.peek();
        tokens.require("(");
        List<Expression> values = tokens.closedList(parser.expressions()::expressionOrDefault);
        TargetTable.requireCount(at, columns.size(), values.size());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Typed value = expressions.translate(values.get(i));
            texts.add(TargetTable.value(columns.get(i), value, values.get(i).at()));
        }
        return "(" + String.join(", ", texts) + ")";
    }

    private String query(List<Column> columns) {
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
            texts.add(TargetTable.value(columns.get(i), values.get(i), at));
        }
        return "SELECT %s FROM (%s) AS %s".formatted(String.join(", ", texts), source.sql(), alias);
    }
}
