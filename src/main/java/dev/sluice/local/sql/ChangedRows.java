package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Writes what the clauses of a MERGE make of a row: the action, and the columns that it has afterwards. */
final class ChangedRows {

    /** DuckDB's name of the number of a row's clause. */
    static final String CLAUSE = "_sluice_clause";

    private final Merge merge;
    private final TargetTable target;
    private final MergeScopes scopes;
    private final Function<Scope, ExpressionTranslator> expressions;

    ChangedRows(
            Merge merge, TargetTable target, MergeScopes scopes, Function<Scope, ExpressionTranslator> expressions) {
        this.merge = merge;
        this.target = target;
        this.scopes = scopes;
        this.expressions = expressions;
    }

    String action() {
        return byClause(
                clause -> "'" + merge.clauses().get(clause).action().getClass().getSimpleName() + "'");
    }

    String columns() {
        List<Map<String, String>> values = new ArrayList<>();
        merge.clauses().forEach(clause -> values.add(values(clause)));
        return target.written().stream()
                .map(column -> byClause(clause -> values.get(clause).getOrDefault(TargetTable.key(column), "NULL")))
                .collect(Collectors.joining(", "));
    }

    private String byClause(IntFunction<String> value) {
        var sql = new StringBuilder("CASE " + CLAUSE);
        for (int i = 0; i < merge.clauses().size(); i++) {
            sql.append(" WHEN %d THEN %s".formatted(i, value.apply(i)));
        }
        return sql + " END";
    }

    private Map<String, String> values(Merge.Clause clause) {
        Merge.Action action = clause.action();
        if (action instanceof Merge.Update update) {
            return updated(update, scopes.of(clause.rows()));
        }
        return action instanceof Merge.Insert insert ? inserted(insert) : Map.of();
    }

    private Map<String, String> updated(Merge.Update update, Scope scope) {
        Map<String, String> values = new HashMap<>();
        var assignments = new Assignments(target, expressions.apply(scope));
        update.assignments()
                .forEach(each -> assignments.add(target.column(each.path().get(0)), each));
        assignments.values().forEach((column, value) -> values.put(TargetTable.key(column), value));
        target.written().forEach(column -> values.putIfAbsent(TargetTable.key(column), TargetTable.unchanged(column)));
        return values;
    }

    private Map<String, String> inserted(Merge.Insert insert) {
        List<Column> columns = target.named(insert.columns());
        List<String> given = insert.values() == null ? row(insert, columns) : given(insert, columns);
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            values.put(TargetTable.key(columns.get(i)), given.get(i));
        }
        target.omitted(columns)
                .forEach(column -> values.put(TargetTable.key(column), target.defaultValue(column, insert.at())));
        return values;
    }

    private List<String> given(Merge.Insert insert, List<Column> columns) {
        List<Expression> given = Objects.requireNonNull(insert.values());
        TargetTable.requireCount(insert.at(), columns.size(), given.size());
        List<String> texts = new ArrayList<>();
        for (Expression expression : given) {
            texts.add(target.value(columns.get(texts.size()), expression, expressions.apply(scopes.sourceOnly())));
        }
        return texts;
    }

    private List<String> row(Merge.Insert insert, List<Column> columns) {
        List<Typed> given = row(insert);
        TargetTable.requireCount(insert.at(), columns.size(), given.size());
        List<String> texts = new ArrayList<>();
        given.forEach(value -> texts.add(TargetTable.value(columns.get(texts.size()), value, insert.at())));
        return texts;
    }

    private List<Typed> row(Merge.Insert insert) {
        return scopes.sourceOnly().sources().stream()
                .flatMap(source -> source.fields().stream())
                .map(field -> field.typed(insert.at()))
                .toList();
    }
}
