package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Source;
import dev.sluice.local.sql.Scope.Field;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what stands after FROM, and fills the scope with it from left to right. */
final class SourceTranslator {

    private final Translation translation;
    private final QueryTranslator queries;
    private final Scope scope;
    private final TableTranslator tables;
    private final Joins joins;
    private final Unnesting unnesting;

    SourceTranslator(Translation translation, QueryTranslator queries, Scope scope, ExpressionTranslator expressions) {
        this(translation, queries, scope, expressions, new BranchedSubquery(scope, false, translation.alias()));
    }

    SourceTranslator(
            Translation translation,
            QueryTranslator queries,
            Scope scope,
            ExpressionTranslator expressions,
            BranchedSubquery branched) {
        this.translation = translation;
        this.queries = queries;
        this.scope = scope;
        this.tables = new TableTranslator(translation, scope, expressions);
        this.joins = new Joins(translation.scans(), this, scope, expressions);
        this.unnesting = new Unnesting(translation, scope, expressions, branched);
    }

    String translate(Source source) {
        if (source instanceof Query.Join join) {
            return joins.translate(join);
        }
        if (source instanceof Query.Unnest unnest) {
            return unnesting.translate(unnest);
        }
        if (source instanceof Query.Table table) {
            Expression.@Nullable Name array = arrayOf(table);
            if (array != null) {
                return unnesting.translate(new Query.Unnest(table.at(), array, table.alias(), null));
            }
            Optional<RangeVariable> common = commonTable(table);
            if (common.isPresent()) {
                return commonTable(table, common.get());
            }
        }
        String alias = translation.alias();
        return "(%s) AS %s".formatted(rows(source, alias), alias);
    }

    boolean isArray(Source source) {
        return source instanceof Query.Unnest || source instanceof Query.Table table && arrayOf(table) != null;
    }

    /** {@code FROM t, t.items} is an UNNEST. */
    private Expression.@Nullable Name arrayOf(Query.Table table) {
        List<String> path = table.path();
        if (path.size() < 2 || !scope.has(path.get(0))) {
            return null;
        }
        return Expression.Name.of(table.at(), path);
    }

    private Optional<RangeVariable> commonTable(Query.Table table) {
        List<String> path = table.path();
        return path.size() == 1 ? queries.commonTables().find(path.get(0)) : Optional.empty();
    }

    private String commonTable(Query.Table table, RangeVariable with) {
        if (scope.parent() != null && Recursion.isOpen(with)) {
            throw new SqlRefused(
                    "invalidQuery",
                    "A recursive reference from inside an expression subquery is not allowed at "
                            + table.at().place());
        }
        String alias = translation.alias();
        List<Field> fields =
                with.fields().stream().map(field -> moved(field, alias)).toList();
        String common = String.valueOf(with.alias());
        translation.scans().refer(common);
        for (int i = 0; i < fields.size(); i++) {
            Origin origin = translation.scans().origin(with.fields().get(i).sql());
            translation.scans().pass(fields.get(i).sql(), origin.through(common));
        }
        List<Field> hidden =
                with.hidden().stream().map(field -> moved(field, alias)).toList();
        RangeVariable source = with.whole() == null
                ? new RangeVariable(table.alias(), fields, hidden, null)
                : Unnesting.source(table.alias(), fields.get(0).typed(table.at()), hidden);
        scope.add(source, table.at());
        return with.alias() + " AS " + alias;
    }

    private static Field moved(Field field, String alias) {
        return new Field(field.name(), alias + field.sql().substring(field.sql().indexOf('.')), field.type());
    }

    /** DuckDB's query for a table or a subquery, whose columns the scope then knows under this alias of DuckDB's. */
    String rows(Source source, String alias) {
        if (source instanceof Query.Derived derived) {
            TranslatedQuery query = queries.nested(derived.query(), scope.parent());
            scope.outer().addAll(query.outer());
            Token at = derived.query().at();
            scope.add(query.source(derived.alias(), alias, translation.scans(), at), at);
            return query.sql();
        }
        if (source instanceof Query.Pivoted pivoted) {
            return turned(
                    pivoted.at(), pivoted.alias(), alias, new Pivots(translation, queries, scope).translate(pivoted));
        }
        if (source instanceof Query.Unpivoted unpivoted) {
            TranslatedQuery rows = new Unpivots(translation, queries, scope).translate(unpivoted);
            return turned(unpivoted.at(), unpivoted.alias(), alias, rows);
        }
        if (source instanceof Query.Appended appended) {
            return tables.appended(appended, alias);
        }
        if (source instanceof Query.Table table) {
            return tables.rows(table, alias);
        }
        throw new SqlRefused("invalidQuery", "The source of a MERGE must be a table or a subquery");
    }

    private String turned(Token at, @Nullable String name, String alias, TranslatedQuery query) {
        scope.outer().addAll(query.outer());
        scope.add(new RangeVariable(name, query.fields(alias, translation.scans())), at);
        return query.sql();
    }
}
