package dev.sluice.local.sql;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the query that tells what becomes of which row. */
final class MergeTranslator {

    private static final String THERE = "_sluice_there";

    private final Translation translation;
    private final QueryTranslator queries;
    private final Merge merge;
    private final TargetTable target;
    private final MergeScopes scopes;
    private final SourceTranslator sources;

    MergeTranslator(Translation translation, Merge merge) {
        this.translation = translation;
        this.queries = new QueryTranslator(translation);
        this.merge = merge;
        this.target = new TargetTable(translation, merge.target());
        this.scopes = MergeScopes.of(target.source(merge.alias()), merge.at());
        translation.scans().add(target.name(), target.relation(), Statement.TARGET);
        this.sources = new SourceTranslator(translation, queries, scopes.both(), expressions(scopes.both()));
    }

    private ExpressionTranslator expressions(Scope scope) {
        return new ExpressionTranslator(translation, queries, scope);
    }

    Statement translate() {
        Query.@Nullable Source source = merge.source();
        boolean rewrites = merge.has(Merge.Update.class) || merge.has(Merge.Delete.class);
        if (source == null && merge.has(Merge.Delete.class)) {
            String condition = condition(merge.on(), scopes.both());
            translation.scans().filter(scopes.both(), Scans.Sides.ALL, merge.on());
            return new Statement.Delete(target.name(), condition, translation.parameters());
        }
        String pairs = source == null ? alone() : merge.at().is("MERGE") ? merged(source) : joined(source);
        var changed = new ChangedRows(merge, target, scopes, this::expressions);
        String sql = "SELECT %s, %s.%s, %s FROM (SELECT %s FROM %s) WHERE %s IS NOT NULL"
                .formatted(
                        changed.action(),
                        Statement.TARGET,
                        Statement.ROW,
                        changed.columns(),
                        clauses() + " AS " + ChangedRows.CLAUSE + structs(),
                        pairs,
                        ChangedRows.CLAUSE);
        new MergePruning(translation.scans(), merge, scopes).apply();
        return new Statement.Change(
                merge.at().upper(),
                target.name(),
                rewrites,
                new Statement.Select(sql, translation.parameters(), target.written()));
    }

    /** The rows of both sides stay together under their aliases, so that values can be computed where they are needed. */
    private String structs() {
        return scopes.both().sources().stream()
                .flatMap(source -> source.fields().stream())
                .map(field -> field.sql().substring(0, field.sql().indexOf('.')))
                .distinct()
                .map(alias -> ", " + alias)
                .collect(Collectors.joining());
    }

    private String alone() {
        return "(%s) AS %s WHERE %s".formatted(target.sql(), Statement.TARGET, condition(merge.on(), scopes.both()));
    }

    private String joined(Query.Source source) {
        String others = sources.translate(source);
        return "(%s) AS %s, %s WHERE %s"
                .formatted(target.sql(), Statement.TARGET, others, condition(merge.on(), scopes.both()));
    }

    private String merged(Query.Source source) {
        if (source instanceof Query.Join) {
            throw SqlRefused.unsupported("MERGE … USING a join", merge.at());
        }
        String alias = translation.alias();
        String rows = sources.rows(source, alias);
        scopes.source().forEach(added -> scopes.sourceOnly().add(added, merge.at()));
        boolean keepsTarget = merge.isAbout(Merge.Rows.NOT_MATCHED_BY_SOURCE);
        boolean keepsSource = merge.isAbout(Merge.Rows.NOT_MATCHED_BY_TARGET);
        String kind = keepsTarget ? (keepsSource ? "FULL" : "LEFT") : keepsSource ? "RIGHT" : "INNER";
        return "(%s) AS %s %s JOIN (SELECT *, TRUE AS %s FROM (%s) AS %6$s) AS %6$s ON %7$s"
                .formatted(
                        target.sql(), Statement.TARGET, kind, THERE, rows, alias, condition(merge.on(), scopes.both()));
    }

    private String condition(Expression condition, Scope scope) {
        Typed typed = expressions(scope).bool(condition);
        TargetTable.requireNoAggregate(typed, condition.at());
        return typed.sql();
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
                sql.append(" AND ").append(condition(condition, scopes.of(clause.rows())));
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
}
