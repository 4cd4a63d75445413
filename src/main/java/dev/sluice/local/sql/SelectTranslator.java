package dev.sluice.local.sql;

import dev.sluice.local.sql.QueryTranslator.Output;
import dev.sluice.local.sql.QueryTranslator.Translated;
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

    private final Query.Select select;
    private final Scope scope;
    private final SourceTranslator sources;
    private final ExpressionTranslator expressions;
    private Set<String> keys = Set.of();

    SelectTranslator(Translation translation, QueryTranslator queries, Query.Select select, @Nullable Scope parent) {
        this.select = select;
        this.scope = new Scope(parent);
        this.expressions = new ExpressionTranslator(translation, queries, scope);
        this.sources = new SourceTranslator(translation, queries, scope, expressions);
    }

    Translated translate(List<Query.Ordering> order, boolean named) {
        Query.Source from = select.from();
        String source = from == null ? "" : " FROM " + sources.translate(from);
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
        List<Output> columns = new ArrayList<>();
        selected.forEach(
                item -> columns.add(new Output(item.name(), item.value().type())));
        String head = select.distinct() ? "SELECT DISTINCT " : "SELECT ";
        expressions.know(aliases(selected), true);
        String ordered =
                new Orderings(expressions, values.stream().map(this::inside).toList()).sql(order, grouped);
        String sql = head
                + QueryTranslator.list(values, QueryTranslator.names(columns, named))
                + source
                + where
                + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys))
                + having
                + ordered;
        return new Translated(sql, columns, Set.copyOf(scope.outer()));
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
        if (condition.aggregate()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Aggregate function not allowed in WHERE clause at "
                            + where.at().place());
        }
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
        return new Typed(value.sql(), value.type(), Set.copyOf(own), value.aggregate(), value.text());
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
        String inferred =
                item.expression() instanceof Expression.Name name ? name.last().value() : null;
        return new Selected(item.expression().at(), alias == null ? inferred : alias.value(), value);
    }

    private List<Selected> star(Query.Star star) {
        List<String> except = new ArrayList<>();
        star.except().forEach(name -> except.add(name.value().toLowerCase(Locale.ROOT)));
        List<Selected> selected = new ArrayList<>();
        List<String> missing = new ArrayList<>(except);
        for (Scope.Source source : sources(star)) {
            for (Scope.Field field : source.fields()) {
                String name = String.valueOf(field.name()).toLowerCase(Locale.ROOT);
                if (field.name() != null && except.contains(name)) {
                    missing.remove(name);
                    continue;
                }
                Typed value = field.typed(star.at());
                Typed known = keys.contains(value.sql()) ? value.spokenFor(false) : value;
                selected.add(new Selected(star.at(), field.name(), known));
            }
        }
        if (!missing.isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Column %s in SELECT * EXCEPT list does not exist at %s"
                            .formatted(missing.get(0), star.at().place()));
        }
        return selected;
    }

    private List<Scope.Source> sources(Query.Star star) {
        Token qualifier = star.qualifier();
        List<Scope.Source> found = scope.sources().stream()
                .filter(source -> qualifier == null || qualifier.value().equalsIgnoreCase(source.alias()))
                .toList();
        if (found.isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery",
                    qualifier == null
                            ? "SELECT * must have a FROM clause at " + star.at().place()
                            : "Unrecognized name: %s at %s"
                                    .formatted(qualifier.value(), star.at().place()));
        }
        return found;
    }
}
