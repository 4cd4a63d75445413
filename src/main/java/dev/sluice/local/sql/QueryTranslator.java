package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Body;
import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes queries. */
final class QueryTranslator {

    private static final String RECURSIVE = "WITH RECURSIVE ";

    private final Translation translation;
    private final CommonTables commonTables;

    QueryTranslator(Translation translation) {
        this(translation, CommonTables.NONE);
    }

    private QueryTranslator(Translation translation, CommonTables commonTables) {
        this.translation = translation;
        this.commonTables = commonTables;
    }

    TranslatedQuery nested(Query query, @Nullable Scope parent) {
        return query(query, parent, false);
    }

    /** With the columns' own names. */
    TranslatedQuery outermost(Query query) {
        return query(query, null, true);
    }

    CommonTables commonTables() {
        return commonTables;
    }

    private TranslatedQuery query(Query query, @Nullable Scope parent, boolean named) {
        if (query.with().isEmpty()) {
            return counted(query, parent, named);
        }
        QueryTranslator inner = this;
        Set<String> names = new HashSet<>();
        List<String> texts = new ArrayList<>();
        for (Query.With with : query.with()) {
            requireNew(names, with.name());
            RangeVariable source = Recursion.isIn(with)
                    ? new Recursion(translation, inner, with).translate(texts)
                    : inner.common(with, texts);
            inner = inner.knowing(with.name(), source);
        }
        TranslatedQuery body = inner.counted(query, parent, named);
        return body.written(
                with(body.sql(), query.with().stream().anyMatch(Recursion::isIn), String.join(", ", texts)));
    }

    /** Common tables of a body in parentheses stand behind these. */
    private static String with(String body, boolean recursive, String tables) {
        boolean more = body.startsWith("WITH ");
        boolean again = body.startsWith(RECURSIVE);
        String rest = more ? "," + body.substring(again ? RECURSIVE.length() - 1 : "WITH".length()) : " " + body;
        return (recursive || again ? RECURSIVE : "WITH ") + tables + rest;
    }

    private RangeVariable common(Query.With with, List<String> texts) {
        TranslatedQuery table = nested(with.query(), null);
        String alias = translation.alias();
        texts.add("%s AS (%s)".formatted(alias, table.sql()));
        List<Field> fields = table.fields(alias, translation.scans());
        return new RangeVariable(
                alias, fields, List.of(), table.value() ? fields.get(0).typed(with.name()) : null);
    }

    /** This, where a name stands for one more common table. */
    QueryTranslator knowing(Token name, RangeVariable table) {
        return new QueryTranslator(translation, commonTables.and(name.value(), table));
    }

    private static void requireNew(Set<String> names, Token name) {
        if (!names.add(name.value().toLowerCase(Locale.ROOT))) {
            throw new SqlRefused(
                    "invalidQuery", "Duplicate alias %s for WITH subquery at %s".formatted(name.value(), name.place()));
        }
    }

    /** DuckDB computes no LIMIT for each row of a query around it, unless it is a literal. */
    private TranslatedQuery counted(Query query, @Nullable Scope parent, boolean named) {
        boolean literal = isLiteral(query.limit()) && isLiteral(query.offset());
        return parent == null || literal
                ? body(query, parent, named)
                : parent.branch().apart(() -> body(query, parent, named));
    }

    private static boolean isLiteral(@Nullable Expression count) {
        return count == null || count instanceof Expression.Constant;
    }

    private TranslatedQuery body(Query query, @Nullable Scope parent, boolean named) {
        boolean plain = query.order().isEmpty() && query.limit() == null;
        if (query.body() instanceof Query.Select select && (!select.distinct() || plain)) {
            return cut(query, new SelectTranslator(translation, this, select, parent).translate(query.order(), named));
        }
        if (query.body() instanceof Query.Nested nested && plain) {
            return query(nested.query(), parent, named);
        }
        return cut(query, sorted(query, part(query.body(), parent), named));
    }

    TranslatedQuery part(Body body, @Nullable Scope parent) {
        if (body instanceof Query.Select select) {
            return new SelectTranslator(translation, this, select, parent).translate(List.of(), false);
        }
        if (body instanceof Query.Nested nested) {
            return query(nested.query(), parent, false);
        }
        List<TranslatedQuery> parts = new ArrayList<>();
        var union = (Query.Union) body;
        union.parts().forEach(part -> parts.add(part(part, parent)));
        Query.Matching matching = union.matching();
        return new SetOperations(translation)
                .combined(
                        union,
                        matching == null ? parts : new MatchedColumns(translation, union, matching, parts).laidOut());
    }

    /** Sorts and names what is already a table. */
    private TranslatedQuery sorted(Query query, TranslatedQuery inner, boolean named) {
        String alias = translation.alias();
        var scope = new Scope(null);
        List<Field> fields = inner.fields(alias);
        scope.add(inner.source(null, alias, translation.scans(), query.at()), query.at());
        List<Typed> columns = new ArrayList<>();
        fields.forEach(field -> columns.add(field.typed(query.at())));
        var orderings = new Orderings(new ExpressionTranslator(translation, this, scope), columns);
        boolean unfolded = named && inner.value();
        SelectList values = SelectList.of(query.at(), columns.get(0)).fields();
        List<OutputColumn> shown = unfolded ? values.columns(translation.scans(), true) : inner.columns();
        String list = OutputNames.list(unfolded ? values.values() : columns, OutputNames.of(shown, named));
        String sql =
                "SELECT %s FROM (%s) AS %s%s".formatted(list, inner.sql(), alias, orderings.sql(query.order(), false));
        return new TranslatedQuery(sql, shown, inner.outer(), inner.value());
    }

    private TranslatedQuery cut(Query query, TranslatedQuery whole) {
        @Nullable Expression limit = query.limit();
        @Nullable Expression offset = query.offset();
        if (limit == null) {
            return whole;
        }
        String sql = whole.sql() + " LIMIT " + count(limit) + (offset == null ? "" : " OFFSET " + count(offset));
        return whole.written(sql).cut();
    }

    private String count(Expression count) {
        if (count instanceof Expression.Constant constant) {
            return constant.value();
        }
        Typed value = Coercions.to(Type.INT64, translation.parameter(count.at()), count.at());
        String negative =
                Guards.error("LIMIT and OFFSET must be integers that are not negative, and not NULL", Type.INT64);
        return value.as(Type.INT64, "CASE WHEN %1$s >= 0 THEN %1$s ELSE " + negative + " END")
                .sql();
    }
}
