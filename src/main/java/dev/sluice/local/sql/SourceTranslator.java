package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Source;
import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what stands after FROM, and fills the scope with it from left to right. */
final class SourceTranslator {

    private final Translation translation;
    private final QueryTranslator queries;
    private final Scope scope;
    private final ExpressionTranslator expressions;

    SourceTranslator(Translation translation, QueryTranslator queries, Scope scope, ExpressionTranslator expressions) {
        this.translation = translation;
        this.queries = queries;
        this.scope = scope;
        this.expressions = expressions;
    }

    String translate(Source source) {
        if (source instanceof Query.Table table) {
            return table(table);
        }
        return source instanceof Query.Derived derived ? derived(derived) : join((Query.Join) source);
    }

    private String table(Query.Table table) {
        Scope.Source with = table.path().size() == 1 ? queries.with(table.path().get(0)) : null;
        if (with == null) {
            String alias = translation.alias();
            return "(%s) AS %s".formatted(rows(table, alias), alias);
        }
        String alias = translation.alias();
        List<Field> fields = with.fields().stream()
                .map(field -> new Field(
                        field.name(), alias + field.sql().substring(field.sql().indexOf('.')), field.type()))
                .toList();
        scope.add(new Scope.Source(table.alias(), fields), table.at());
        return with.alias() + " AS " + alias;
    }

    /** DuckDB's query for a table or a subquery, whose columns the scope then knows under this alias of DuckDB's. */
    String rows(Source source, String alias) {
        if (source instanceof Query.Derived derived) {
            QueryTranslator.Translated query = queries.nested(derived.query(), null);
            scope.add(
                    new Scope.Source(derived.alias(), query.fields(alias)),
                    derived.query().at());
            return query.sql();
        }
        if (!(source instanceof Query.Table table)) {
            throw new SqlRefused("invalidQuery", "The source of a MERGE must be a table or a subquery");
        }
        if (table.path().size() > 1 && scope.has(table.path().get(0))) {
            throw SqlRefused.unsupported("joins with a column of another table", table.at());
        }
        Relation relation = translation.relation(Tokens.tableName(table.at(), table.path()));
        scope.add(new Scope.Source(table.alias(), fields(relation, alias)), table.at());
        return relation.sql();
    }

    static List<Field> fields(Relation relation, String alias) {
        List<Field> fields = new ArrayList<>();
        for (Column column : relation.columns()) {
            fields.add(new Field(
                    column.name(),
                    alias + "." + QueryTranslator.quoted(column.name()),
                    Type.named(column.type()).orElse(null)));
        }
        return fields;
    }

    private String derived(Query.Derived derived) {
        String alias = translation.alias();
        return "(%s) AS %s".formatted(rows(derived, alias), alias);
    }

    private String join(Query.Join join) {
        String left = translate(join.left());
        String right = translate(join.right());
        String grouped = join.right() instanceof Query.Join ? "(" + right + ")" : right;
        @Nullable Expression on = join.on();
        if (on == null) {
            return "%s CROSS JOIN %s".formatted(left, grouped);
        }
        Typed condition = expressions.bool(on);
        if (condition.aggregate()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Aggregate function not allowed in JOIN ON clause at "
                            + on.at().place());
        }
        return "%s %s JOIN %s ON %s".formatted(left, join.kind(), grouped, condition.sql());
    }
}
