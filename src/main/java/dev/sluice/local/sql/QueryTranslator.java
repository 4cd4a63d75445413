package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Body;
import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes queries. Columns are called c1, c2, … everywhere but in the outermost SELECT. */
final class QueryTranslator {

    /** @param name null if it has none */
    record Output(@Nullable String name, Type type, Origin origin) {

        Output(@Nullable String name, Type type) {
            this(name, type, Origin.NONE);
        }
    }

    /** @param outer DuckDB's names of the columns that it reads from queries around it */
    record Translated(String sql, List<Output> columns, Set<String> outer) {

        Statement.Select statement(Translation translation) {
            List<Column> results = new ArrayList<>();
            List<String> names = resultNames(columns);
            for (int i = 0; i < columns.size(); i++) {
                Type type = columns.get(i).type().equals(Type.NULL)
                        ? Type.INT64
                        : columns.get(i).type();
                results.add(new Column(names.get(i), type));
            }
            return new Statement.Select(sql, translation.parameters(), results);
        }

        /** With the names that a result would have. */
        Translated named() {
            List<String> names = resultNames(columns);
            List<Output> named = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                named.add(new Output(
                        names.get(i), columns.get(i).type(), columns.get(i).origin()));
            }
            return new Translated(sql, named, outer);
        }

        /** As some of its rows, whose choice no condition further out must change. */
        Translated cut() {
            return new Translated(
                    sql,
                    columns.stream()
                            .map(column -> new Output(column.name(), column.type()))
                            .toList(),
                    outer);
        }

        List<Field> fields(String alias) {
            List<Field> fields = new ArrayList<>();
            List<Typed> values = values(alias);
            for (int i = 0; i < columns.size(); i++) {
                Typed value = values.get(i);
                Type type = value.type().equals(Type.NULL) ? Type.INT64 : value.type();
                fields.add(new Field(columns.get(i).name(), value.sql(), type));
            }
            return fields;
        }

        /** The columns, where NULL still becomes whatever is wanted. */
        List<Typed> values(String alias) {
            List<Typed> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(Typed.column(columns.get(i).type(), alias + ".c" + (i + 1)));
            }
            return values;
        }
    }

    private final Translation translation;
    private final Map<String, Scope.Source> withs;

    QueryTranslator(Translation translation) {
        this(translation, Map.of());
    }

    private QueryTranslator(Translation translation, Map<String, Scope.Source> withs) {
        this.translation = translation;
        this.withs = withs;
    }

    Translated nested(Query query, @Nullable Scope parent) {
        return query(query, parent, false);
    }

    /** With the columns' own names. */
    Translated outermost(Query query) {
        return query(query, null, true);
    }

    /** The common table of that name; its alias is DuckDB's. */
    Scope.@Nullable Source with(String name) {
        return withs.get(name.toLowerCase(Locale.ROOT));
    }

    private Translated query(Query query, @Nullable Scope parent, boolean named) {
        if (query.with().isEmpty()) {
            return body(query, parent, named);
        }
        Map<String, Scope.Source> known = new HashMap<>(withs);
        Set<String> own = new HashSet<>();
        List<String> texts = new ArrayList<>();
        for (Query.With with : query.with()) {
            String name = with.name().value().toLowerCase(Locale.ROOT);
            if (!own.add(name)) {
                throw new SqlRefused(
                        "invalidQuery",
                        "Duplicate alias %s for WITH subquery at %s"
                                .formatted(with.name().value(), with.name().place()));
            }
            Translated table = new QueryTranslator(translation, Map.copyOf(known)).nested(with.query(), null);
            String alias = translation.alias();
            texts.add("%s AS (%s)".formatted(alias, table.sql()));
            List<Field> fields = table.fields(alias);
            for (int i = 0; i < fields.size(); i++) {
                translation
                        .scans()
                        .pass(fields.get(i).sql(), table.columns().get(i).origin());
            }
            known.put(name, new Scope.Source(alias, fields));
        }
        Translated body = new QueryTranslator(translation, Map.copyOf(known)).body(query, parent, named);
        return new Translated("WITH " + String.join(", ", texts) + " " + body.sql(), body.columns(), body.outer());
    }

    private Translated body(Query query, @Nullable Scope parent, boolean named) {
        boolean plain = query.order().isEmpty() && query.limit() == null;
        if (query.body() instanceof Query.Select select && (!select.distinct() || plain)) {
            Translated translated =
                    new SelectTranslator(translation, this, select, parent).translate(query.order(), named);
            var whole = new Translated(translated.sql() + limit(query), translated.columns(), translated.outer());
            return query.limit() == null ? whole : whole.cut();
        }
        if (query.body() instanceof Query.Nested nested && plain) {
            return query(nested.query(), parent, named);
        }
        return wrapped(query, part(query.body(), parent), named);
    }

    private Translated part(Body body, @Nullable Scope parent) {
        if (body instanceof Query.Select select) {
            return new SelectTranslator(translation, this, select, parent).translate(List.of(), false);
        }
        if (body instanceof Query.Nested nested) {
            return query(nested.query(), parent, false);
        }
        return union((Query.Union) body, parent);
    }

    /** Sorts, cuts and names what is already a table. */
    private Translated wrapped(Query query, Translated inner, boolean named) {
        String alias = translation.alias();
        var scope = new Scope(null);
        List<Field> fields = inner.fields(alias);
        scope.add(new Scope.Source(null, fields), query.at());
        var expressions = new ExpressionTranslator(translation, this, scope);
        List<Typed> columns = new ArrayList<>();
        fields.forEach(field -> columns.add(field.typed(query.at())));
        var orderings = new Orderings(expressions, columns);
        String sql = "SELECT %s FROM (%s) AS %s%s%s"
                .formatted(
                        list(columns, names(inner.columns(), named)),
                        inner.sql(),
                        alias,
                        orderings.sql(query.order(), false),
                        limit(query));
        var whole = new Translated(sql, inner.columns(), inner.outer());
        return query.limit() == null ? whole : whole.cut();
    }

    private Translated union(Query.Union union, @Nullable Scope parent) {
        List<Translated> parts = new ArrayList<>();
        Set<String> outer = new TreeSet<>();
        for (Body body : union.parts()) {
            Translated part = part(body, parent);
            parts.add(part);
            outer.addAll(part.outer());
        }
        List<Output> columns = new ArrayList<>(parts.get(0).columns());
        for (Translated part : parts) {
            requireCount(union.at(), columns.size(), part.columns().size());
            for (int i = 0; i < columns.size(); i++) {
                Type type = Coercions.common(
                        union.at(),
                        List.of(
                                Typed.constant(columns.get(i).type(), ""),
                                Typed.constant(part.columns().get(i).type(), "")));
                Origin both = columns.get(i).origin().and(part.columns().get(i).origin());
                columns.set(i, new Output(columns.get(i).name(), type, both));
            }
        }
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add("(" + converted(part, columns, union.at()) + ")"));
        requireComparable(union, columns);
        return new Translated(String.join(" " + union.operator() + " ", texts), columns, outer);
    }

    private static void requireComparable(Query.Union union, List<Output> columns) {
        for (Output column : columns) {
            if (!union.operator().equals("UNION ALL") && !column.type().isComparable()) {
                throw SqlRefused.unsupported(
                        "%s DISTINCT of %s".formatted(union.operator(), column.type()), union.at());
            }
        }
    }

    private static void requireCount(Token at, int first, int other) {
        if (first != other) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Queries in a set operation have mismatched column count; query 1 has %d column, another has %d columns at %s"
                            .formatted(first, other, at.place()));
        }
    }

    private String converted(Translated part, List<Output> wanted, Token at) {
        String alias = translation.alias();
        List<Typed> values = part.values(alias);
        boolean same = true;
        for (int i = 0; i < wanted.size(); i++) {
            Type type = wanted.get(i).type();
            same &= part.columns().get(i).type().equals(type);
            values.set(i, Coercions.to(type, values.get(i), at));
        }
        return same
                ? part.sql()
                : "SELECT %s FROM (%s) AS %s".formatted(list(values, names(wanted, false)), part.sql(), alias);
    }

    static String list(List<Typed> values, List<String> names) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            texts.add(values.get(i).sql() + " AS " + names.get(i));
        }
        return String.join(", ", texts);
    }

    /** How columns are called in DuckDB; those without a name are f0_, f1_, … in results. */
    static List<String> names(List<Output> columns, boolean named) {
        if (named) {
            return resultNames(columns).stream().map(QueryTranslator::quoted).toList();
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add("c" + (i + 1));
        }
        return names;
    }

    /** A name that comes again gets a number. */
    private static List<String> resultNames(List<Output> columns) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int anonymous = 0;
        for (Output column : columns) {
            String name = column.name() == null ? "f" + anonymous++ + "_" : column.name();
            String unique = name;
            for (int again = 1; !seen.add(unique.toLowerCase(Locale.ROOT)); again++) {
                unique = name + "_" + again;
            }
            names.add(unique);
        }
        return names;
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String limit(Query query) {
        @Nullable Token limit = query.limit();
        @Nullable Token offset = query.offset();
        return (limit == null ? "" : " LIMIT " + limit.text()) + (offset == null ? "" : " OFFSET " + offset.text());
    }
}
