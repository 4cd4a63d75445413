package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one SELECT. */
final class SelectTranslator {

    /** @param at where it stands */
    private record Selected(Token at, @Nullable String name, Typed value) {}

    private final Scans scans;
    private final Query.Select select;
    private final Scope scope;
    private final SourceTranslator sources;
    private final ExpressionTranslator expressions;
    private Set<String> keys = Set.of();

    SelectTranslator(Translation translation, QueryTranslator queries, Query.Select select, @Nullable Scope parent) {
        this.scans = translation.scans();
        this.select = select;
        this.scope = new Scope(parent);
        this.expressions = new ExpressionTranslator(translation, queries, scope);
        this.sources = new SourceTranslator(translation, queries, scope, expressions);
    }

    TranslatedQuery translate(List<Query.Ordering> order, boolean named) {
        Query.Source from = select.from();
        String source = from == null ? "" : " FROM " + sources.translate(from);
        expressions.windows(select.windows());
        String where = where();
        List<Selected> selected = selected();
        group(selected);
        String having = having(selected);
        boolean grouped = isGrouped(selected) || !having.isEmpty();
        if (grouped) {
            selected = selected();
            selected.forEach(item -> Groups.require(inside(item.value()), item.at(), "SELECT list"));
        }
        if (select.distinct()) {
            selected.forEach(SelectTranslator::requireDistinct);
        }
        List<Typed> values = selected.stream().map(Selected::value).toList();
        String head = select.distinct() ? "SELECT DISTINCT " : "SELECT ";
        String qualify = qualify(selected, grouped);
        expressions.know(aliases(selected), true);
        String ordered =
                new Orderings(expressions, values.stream().map(this::inside).toList()).sql(order, grouped);
        List<OutputColumn> columns = columns(selected);
        List<Typed> written = select.as().equals("STRUCT") ? List.of(struct(selected)) : values;
        if (named) {
            written = written.stream().map(SelectTranslator::writable).toList();
        }
        String sql = head
                + OutputNames.list(written, OutputNames.of(columns, named))
                + source
                + where
                + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys))
                + having
                + qualify
                + ordered;
        return new TranslatedQuery(sql, columns, Set.copyOf(scope.outer()));
    }

    private List<OutputColumn> columns(List<Selected> selected) {
        if (select.as().equals("STRUCT")) {
            return List.of(new OutputColumn(null, struct(selected).type()));
        }
        if (select.as().equals("VALUE") && selected.size() != 1) {
            throw new SqlRefused(
                    "invalidQuery",
                    "SELECT AS VALUE query must have exactly one column at "
                            + select.at().place());
        }
        // a condition on what comes out must not choose the rows that a window sees
        boolean windows = select.qualify() != null
                || selected.stream().anyMatch(item -> item.value().window());
        return selected.stream()
                .map(item -> new OutputColumn(
                        item.name(),
                        item.value().type(),
                        windows ? Origin.NONE : scans.origin(item.value().sql())))
                .toList();
    }

    private static Typed struct(List<Selected> selected) {
        List<@Nullable String> names = new ArrayList<>();
        selected.forEach(item -> names.add(item.name()));
        return Structs.of(names, selected.stream().map(Selected::value).toList());
    }

    /** As what a result or a table can hold. */
    static Typed writable(Typed value) {
        return value.type().isArray() ? Arrays.withoutNulls(value) : value;
    }

    private String qualify(List<Selected> selected, boolean grouped) {
        @Nullable Expression qualify = select.qualify();
        if (qualify == null) {
            return "";
        }
        expressions.know(aliases(selected), false);
        Typed condition = expressions.bool(qualify);
        expressions.know(Map.of(), false);
        if (!condition.window()
                && selected.stream().noneMatch(item -> item.value().window())) {
            throw new SqlRefused(
                    "invalidQuery",
                    "The QUALIFY clause requires analytic function to be present in the QUALIFY clause or the SELECT"
                            + " list at " + qualify.at().place());
        }
        if (grouped) {
            Groups.require(inside(condition), qualify.at(), "QUALIFY");
        }
        return " QUALIFY " + condition.sql();
    }

    private static void requireDistinct(Selected item) {
        if (!item.value().type().isComparable()) {
            throw SqlRefused.unsupported("SELECT DISTINCT of " + item.value().type(), item.at());
        }
    }

    private String where() {
        @Nullable Expression where = select.where();
        if (where == null) {
            return "";
        }
        Typed condition = expressions.bool(where);
        if (condition.aggregate() || condition.window()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Aggregate and analytic functions are not allowed in WHERE clause at "
                            + where.at().place());
        }
        scans.filter(scope, Scans.Sides.ALL, where);
        return " WHERE " + condition.sql();
    }

    private void group(List<Selected> selected) {
        expressions.know(aliases(selected), false);
        keys = Groups.keys(
                select.groupBy(),
                expressions,
                selected.stream().map(Selected::value).toList());
        expressions.groupBy(keys);
        expressions.know(Map.of(), false);
    }

    private boolean isGrouped(List<Selected> selected) {
        return !keys.isEmpty()
                || selected.stream().anyMatch(item -> item.value().aggregate());
    }

    private String having(List<Selected> selected) {
        @Nullable Expression having = select.having();
        if (having == null) {
            return "";
        }
        Map<String, Typed> grouped = new HashMap<>();
        aliases(selected)
                .forEach((name, value) ->
                        grouped.put(name, keys.contains(value.sql()) ? value.spokenFor(false) : value));
        expressions.know(grouped, false);
        Typed condition = expressions.bool(having);
        expressions.know(Map.of(), false);
        Groups.require(inside(condition), having.at(), "HAVING");
        return " HAVING " + condition.sql();
    }

    /** Columns from further out are the same for the whole group. */
    private Typed inside(Typed value) {
        if (value.columns().stream().noneMatch(scope.outer()::contains)) {
            return value;
        }
        List<String> own = value.columns().stream()
                .filter(column -> !scope.outer().contains(column))
                .toList();
        return new Typed(value.sql(), value.type(), Set.copyOf(own), value.aggregate(), value.window(), value.text());
    }

    private static Map<String, Typed> aliases(List<Selected> selected) {
        Map<String, Typed> aliases = new HashMap<>();
        for (Selected item : selected) {
            if (item.name() != null) {
                aliases.merge(
                        item.name().toLowerCase(Locale.ROOT),
                        item.value(),
                        (one, other) -> ExpressionTranslator.AMBIGUOUS);
            }
        }
        return aliases;
    }

    private List<Selected> selected() {
        List<Selected> selected = new ArrayList<>();
        for (Query.Item item : select.items()) {
            if (item instanceof Query.Star star) {
                selected.addAll(star(star));
            } else {
                selected.add(computed((Query.Computed) item));
            }
        }
        return selected;
    }

    private Selected computed(Query.Computed item) {
        Typed value = expressions.translate(item.expression());
        Token alias = item.alias();
        String inferred = inferred(item.expression());
        return new Selected(item.expression().at(), alias == null ? inferred : alias.value(), value);
    }

    private static @Nullable String inferred(Expression expression) {
        if (expression instanceof Expression.Field field) {
            return field.at().value();
        }
        return expression instanceof Expression.Name name ? name.last().value() : null;
    }

    private List<Selected> star(Query.Star star) {
        List<Selected> selected = new ArrayList<>();
        Map<String, Typed> replaced = new HashMap<>();
        for (Query.Computed item : star.replace()) {
            replaced.put(
                    Scope.key(java.util.Objects.requireNonNull(item.alias()).value()),
                    expressions.translate(item.expression()));
        }
        for (Scope.Field field : new Stars(scope, star).fields(replaced.keySet())) {
            Typed value = field.typed(star.at());
            Typed known = keys.contains(value.sql()) ? value.spokenFor(false) : value;
            selected.add(new Selected(star.at(), field.name(), replaced.getOrDefault(Scope.key(field.name()), known)));
        }
        return selected;
    }
}
