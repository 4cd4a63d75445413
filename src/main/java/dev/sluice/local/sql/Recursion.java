package dev.sluice.local.sql;

import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a common table that reads itself, and counts how often it does. */
final class Recursion {

    /** What a row knows of the iteration that it came from. */
    private static final String DEPTH = "_sluice_depth";

    private static final int MAX_ITERATIONS = 500;

    private final Translation translation;
    private final QueryTranslator queries;
    private final Query.With with;

    Recursion(Translation translation, QueryTranslator queries, Query.With with) {
        this.translation = translation;
        this.queries = queries;
        this.with = with;
    }

    static boolean isIn(Query.With with) {
        return with.recursive()
                && with.query().body() instanceof Query.Union union
                && union.parts().stream().skip(1).anyMatch(part -> reader(part, with.name()) != null);
    }

    /** What the table is called where a part reads it, null where it does not by itself. */
    private static @Nullable Token reader(Query.Body part, Token name) {
        if (part instanceof Query.Nested nested && nested.query().with().isEmpty()) {
            Token reader = reader(nested.query().body(), name);
            requireRows(nested.query(), reader);
            return reader;
        }
        return part instanceof Query.Select select && select.from() != null ? reader(select.from(), name) : null;
    }

    private static boolean isPlain(Query query) {
        return query.with().isEmpty() && query.order().isEmpty() && query.limit() == null;
    }

    private static void requireRows(Query query, @Nullable Token reader) {
        if (reader != null && !query.order().isEmpty()) {
            throw SqlRefused.wrong(
                    "A subquery containing a recursive reference must not contain an ORDER BY clause", reader);
        }
        if (reader != null && query.limit() != null) {
            throw SqlRefused.wrong("A query containing a recursive reference must not use a LIMIT clause", reader);
        }
    }

    private static @Nullable Token reader(Query.Source source, Token name) {
        if (source instanceof Query.Join join) {
            return reader(join, name);
        }
        if (source instanceof Query.Derived derived) {
            Token within = reader(new Query.Nested(derived.query()), name);
            if (within != null) {
                throw SqlRefused.unsupported("a recursive table in a subquery of FROM", within);
            }
        }
        boolean reads = source instanceof Query.Table table
                && table.path().size() == 1
                && name.value().equalsIgnoreCase(table.path().get(0));
        return reads ? ((Query.Table) source).at().quoted(((Query.Table) source).alias()) : null;
    }

    private static @Nullable Token reader(Query.Join join, Token name) {
        Token left = reader(join.left(), name);
        Token right = reader(join.right(), name);
        if (left != null && right != null) {
            throw SqlRefused.wrong(
                    "Multiple recursive references to table '%s' are not allowed".formatted(name.value()), right);
        }
        Token reader = left == null ? right : left;
        if (reader != null && join.kind().equals("FULL")) {
            throw SqlRefused.wrong(
                    "A query containing a recursive reference must not be used as an operand of a FULL OUTER JOIN",
                    reader);
        }
        if (right != null && join.kind().equals("LEFT")
                || left != null && join.kind().equals("RIGHT")) {
            throw SqlRefused.wrong(
                    "A query containing a recursive reference must not be used as the %s operand of a %s JOIN"
                            .formatted(right == null ? "left" : "right", join.kind()),
                    Objects.requireNonNull(reader));
        }
        return reader;
    }

    /** Whether it is the table itself, while it is not done. */
    static boolean isOpen(RangeVariable table) {
        return table.hidden().stream().anyMatch(field -> DEPTH.equals(field.name()));
    }

    /** @throws SqlRefused if rows are computed of several of them */
    static void requireSingleRows(Scope scope, Query.Select select, SelectList selected) {
        if (scope.sources().stream().noneMatch(Recursion::isOpen)) {
            return;
        }
        if (select.distinct() || !select.groupBy().isEmpty() || selected.hasAggregates()) {
            throw SqlRefused.wrong(
                    "A subquery containing a recursive reference must not use DISTINCT, GROUP BY, or any aggregate function",
                    select.at());
        }
        if (select.qualify() != null || selected.hasWindows()) {
            throw SqlRefused.wrong(
                    "A subquery containing a recursive reference must not use an analytic function", select.at());
        }
    }

    /** Adds its text to those before it. */
    RangeVariable translate(List<String> texts) {
        var union = (Query.Union) with.query().body();
        if (union.matching() != null
                || union.parts().size() != 2
                || !union.operator().equals("UNION ALL")
                || !isPlain(with.query())) {
            throw SqlRefused.unsupported("recursion but by UNION ALL of two queries", with.name());
        }
        TranslatedQuery base = queries.part(union.parts().get(0), null);
        if (base.value()) {
            throw SqlRefused.unsupported("recursion of values", with.name());
        }
        String alias = translation.alias();
        String from = translation.alias();
        var table = new RangeVariable(
                alias,
                base.fields(alias),
                List.of(new Field(DEPTH, alias + ".c" + (base.columns().size() + 1), Type.INT64)),
                null);
        TranslatedQuery next =
                queries.knowing(with.name(), table).part(counting(union.parts().get(1)), null);
        texts.add("%s AS (SELECT %s.*, CAST(0 AS BIGINT) AS c%d FROM (%s) AS %s UNION ALL %s)"
                .formatted(alias, from, base.columns().size() + 1, base.sql(), from, next(base, next, union.at())));
        return new RangeVariable(alias, table.fields());
    }

    private Query.Body counting(Query.Body part) {
        if (part instanceof Query.Nested nested) {
            return counting(nested.query().body());
        }
        var select = (Query.Select) part;
        requireRows(select);
        Token reader = Objects.requireNonNull(reader(part, with.name()));
        var depth = new Expression.Name(List.of(reader, reader.quoted(DEPTH)));
        List<Query.Item> items = new ArrayList<>(select.items());
        items.add(new Query.Computed(depth, null));
        return new Query.Select(
                select.at(),
                false,
                "",
                items,
                select.from(),
                select.where(),
                List.of(),
                null,
                select.qualify(),
                select.windows());
    }

    private static void requireRows(Query.Select select) {
        if (select.distinct() || !select.groupBy().isEmpty()) {
            throw SqlRefused.wrong(
                    "A subquery containing a recursive reference must not use DISTINCT, GROUP BY, or any aggregate function",
                    select.at());
        }
        if (!select.as().isEmpty() || select.having() != null) {
            throw SqlRefused.unsupported("AS and HAVING in recursion", select.at());
        }
    }

    /** The columns as the first part has them. */
    private String next(TranslatedQuery base, TranslatedQuery next, Token at) {
        SetOperations.requireCount(at, base.columns().size(), next.columns().size() - 1);
        String alias = translation.alias();
        List<Typed> values = next.values(alias);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < base.columns().size(); i++) {
            texts.add(Coercions.to(base.columns().get(i).storedType(), values.get(i), at)
                    .sql());
        }
        String depth = values.get(base.columns().size()).sql();
        // a condition, since DuckDB forgets columns that nobody reads in the end
        String error = Guards.error(
                "A recursive CTE has reached the maximum number of iterations: " + MAX_ITERATIONS, Type.BOOL);
        return "SELECT %s, %s + 1 FROM (%s) AS %s WHERE CASE WHEN %s < %d THEN TRUE ELSE %s END"
                .formatted(String.join(", ", texts), depth, next.sql(), alias, depth, MAX_ITERATIONS, error);
    }
}
