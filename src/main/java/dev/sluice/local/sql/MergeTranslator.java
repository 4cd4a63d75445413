package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the query that tells what becomes of which row. */
final class MergeTranslator {

    private static final String CLAUSE = "_sluice_clause";
    private static final String THERE = "_sluice_there";

    private final Translation translation;
    private final QueryTranslator queries;
    private final Merge merge;
    private final TargetTable target;
    private final Scope both = new Scope(null);
    private final Scope targetOnly = new Scope(null);
    private final Scope sourceOnly = new Scope(null);
    private final SourceTranslator sources;

    MergeTranslator(Translation translation, Merge merge) {
        this.translation = translation;
        this.queries = new QueryTranslator(translation);
        this.merge = merge;
        this.target = new TargetTable(translation, merge.target());
        Scope.Source source = target.source(merge.alias());
        both.add(source, merge.at());
        targetOnly.add(source, merge.at());
        translation.scans().add(target.name(), target.relation(), Statement.TARGET);
        this.sources = new SourceTranslator(translation, queries, both, expressions(both));
    }

    private ExpressionTranslator expressions(Scope scope) {
        return new ExpressionTranslator(translation, queries, scope);
    }

    Statement translate() {
        Query.@Nullable Source source = merge.source();
        boolean rewrites = merge.has(Merge.Update.class) || merge.has(Merge.Delete.class);
        if (source == null && merge.has(Merge.Delete.class)) {
            String condition = condition(merge.on(), both);
            translation.scans().filter(both, Scans.Sides.ALL, merge.on());
            return new Statement.Delete(target.name(), condition, translation.parameters());
        }
        String pairs = source == null ? alone() : merge.at().is("MERGE") ? merged(source) : joined(source);
        String sql = "SELECT %s, %s.%s, %s FROM (SELECT %s FROM %s) WHERE %s IS NOT NULL"
                .formatted(
                        actions(),
                        Statement.TARGET,
                        Statement.ROW,
                        values(),
                        clauses() + " AS " + CLAUSE + structs(),
                        pairs,
                        CLAUSE);
        new MergePruning(translation.scans(), merge, both, targetOnly, sourceOnly).apply();
        return new Statement.Change(
                merge.at().upper(),
                target.name(),
                rewrites,
                new Statement.Select(sql, translation.parameters(), target.written()));
    }

    /** The rows of both sides stay together under their aliases, so that values can be computed where they are needed. */
    private String structs() {
        return both.sources().stream()
                .flatMap(source -> source.fields().stream())
                .map(field -> field.sql().substring(0, field.sql().indexOf('.')))
                .distinct()
                .map(alias -> ", " + alias)
                .collect(Collectors.joining());
    }

    private String alone() {
        return "(%s) AS %s WHERE %s".formatted(target.sql(), Statement.TARGET, condition(merge.on(), both));
    }

    private String joined(Query.Source source) {
        String others = sources.translate(source);
        return "(%s) AS %s, %s WHERE %s".formatted(target.sql(), Statement.TARGET, others, condition(merge.on(), both));
    }

    private String merged(Query.Source source) {
        String alias = translation.alias();
        String rows = sources.rows(source, alias);
        both.sources().stream().skip(1).forEach(added -> sourceOnly.add(added, merge.at()));
        boolean keepsTarget = merge.isAbout(Merge.Rows.NOT_MATCHED_BY_SOURCE);
        boolean keepsSource = merge.isAbout(Merge.Rows.NOT_MATCHED_BY_TARGET);
        String kind = keepsTarget ? (keepsSource ? "FULL" : "LEFT") : keepsSource ? "RIGHT" : "INNER";
        return "(%s) AS %s %s JOIN (SELECT *, TRUE AS %s FROM (%s) AS %6$s) AS %6$s ON %7$s"
                .formatted(target.sql(), Statement.TARGET, kind, THERE, rows, alias, condition(merge.on(), both));
    }

    private String condition(Expression condition, Scope scope) {
        Typed typed = expressions(scope).bool(condition);
        TargetTable.requireNoAggregate(typed, condition.at());
        return typed.sql();
    }

    private Scope scope(Merge.Rows rows) {
        return switch (rows) {
            case MATCHED -> both;
            case NOT_MATCHED_BY_TARGET -> sourceOnly;
            case NOT_MATCHED_BY_SOURCE -> targetOnly;
        };
    }

    /** The number of the first clause that is about a pair of rows. */
    private String clauses() {
        if (!merge.at().is("MERGE")) {
            return "0";
        }
        var sql = new StringBuilder("CASE");
        for (int i = 0; i < merge.clauses().size(); i++) {
            Merge.Clause clause = merge.clauses().get(i);
            @Nullable Expression condition = clause.condition();
            sql.append(" WHEN ").append(presence(clause.rows()));
            if (condition != null) {
                sql.append(" AND ").append(condition(condition, scope(clause.rows())));
            }
            sql.append(" THEN ").append(i);
        }
        return sql + " END";
    }

    private static String presence(Merge.Rows rows) {
        String target = Statement.TARGET + "." + Statement.ROW;
        return switch (rows) {
            case MATCHED -> "%s IS NOT NULL AND %s IS NOT NULL".formatted(target, THERE);
            case NOT_MATCHED_BY_TARGET -> target + " IS NULL";
            case NOT_MATCHED_BY_SOURCE -> THERE + " IS NULL";
        };
    }

    private String actions() {
        var sql = new StringBuilder("CASE " + CLAUSE);
        for (int i = 0; i < merge.clauses().size(); i++) {
            String action = merge.clauses().get(i).action().getClass().getSimpleName();
            sql.append(" WHEN %d THEN '%s'".formatted(i, action));
        }
        return sql + " END";
    }

    /** The columns of new rows, clause by clause. */
    private String values() {
        List<Map<String, String>> byClause = new ArrayList<>();
        merge.clauses().forEach(clause -> byClause.add(values(clause)));
        return target.written().stream().map(column -> value(column, byClause)).collect(Collectors.joining(", "));
    }

    private static String value(Column column, List<Map<String, String>> byClause) {
        var sql = new StringBuilder("CASE " + CLAUSE);
        for (int i = 0; i < byClause.size(); i++) {
            sql.append(" WHEN %d THEN %s".formatted(i, byClause.get(i).getOrDefault(TargetTable.key(column), "NULL")));
        }
        return sql + " END";
    }

    private Map<String, String> values(Merge.Clause clause) {
        Merge.Action action = clause.action();
        if (action instanceof Merge.Update update) {
            return updated(update, scope(clause.rows()));
        }
        return action instanceof Merge.Insert insert ? inserted(insert) : Map.of();
    }

    private Map<String, String> updated(Merge.Update update, Scope scope) {
        Map<String, String> values = new HashMap<>();
        update.values().forEach((name, value) -> {
            Column column = target.column(name);
            String text = TargetTable.value(column, expressions(scope).translate(value), value.at());
            if (values.put(TargetTable.key(column), text) != null) {
                throw new SqlRefused(
                        "invalidQuery",
                        "Update item %s assigned more than once at %s".formatted(name.value(), name.place()));
            }
        });
        target.written().forEach(column -> values.putIfAbsent(TargetTable.key(column), TargetTable.unchanged(column)));
        return values;
    }

    private Map<String, String> inserted(Merge.Insert insert) {
        List<Column> columns = target.named(insert.columns());
        List<Typed> given = insert.values() == null
                ? row(insert)
                : insert.values().stream()
                        .map(expressions(sourceOnly)::translate)
                        .toList();
        TargetTable.requireCount(insert.at(), columns.size(), given.size());
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            values.put(TargetTable.key(columns.get(i)), TargetTable.value(columns.get(i), given.get(i), insert.at()));
        }
        return values;
    }

    private List<Typed> row(Merge.Insert insert) {
        return sourceOnly.sources().stream()
                .flatMap(source -> source.fields().stream())
                .map(field -> field.typed(insert.at()))
                .toList();
    }
}
