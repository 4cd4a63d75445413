package dev.sluice.local.sql;

import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes PIVOT: groups by the columns that it does not name, and aggregates once for each value. */
final class Pivots {

    private final Scope inner;
    private final SourceTranslator sources;
    private final ExpressionTranslator expressions;

    Pivots(Translation translation, QueryTranslator queries, Scope scope) {
        this.inner = new Scope(scope.parent());
        this.expressions = new ExpressionTranslator(translation, queries, inner);
        this.sources = new SourceTranslator(translation, queries, inner, expressions);
    }

    TranslatedQuery translate(Query.Pivoted pivoted) {
        String from = sources.translate(pivoted.source());
        List<Field> keys = keys(pivoted);
        List<OutputColumn> columns = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (Field key : keys) {
            Typed value = key.typed(pivoted.at());
            if (!value.type().isComparable()) {
                throw SqlRefused.unsupported("PIVOT beside a column of " + value.type(), pivoted.at());
            }
            values.add(value);
            columns.add(new OutputColumn(key.name(), value.type()));
        }
        aggregate(pivoted, values, columns);
        List<String> grouped = keys.stream().map(Field::sql).toList();
        String groups = grouped.isEmpty() ? "" : " GROUP BY " + String.join(", ", grouped);
        String list = OutputNames.list(values, OutputNames.of(columns, false));
        return new TranslatedQuery("SELECT " + list + " FROM " + from + groups, columns, Set.copyOf(inner.outer()));
    }

    private List<Field> keys(Query.Pivoted pivoted) {
        Set<String> named = new HashSet<>(expressions.translate(pivoted.input()).columns());
        for (Query.Computed aggregate : pivoted.aggregates()) {
            for (Expression argument :
                    PivotedAggregate.of(aggregate.expression()).arguments()) {
                named.addAll(expressions.translate(argument).columns());
            }
        }
        return inner.columns().stream()
                .filter(field -> !named.contains(field.sql()))
                .toList();
    }

    private void aggregate(Query.Pivoted pivoted, List<Typed> values, List<OutputColumn> columns) {
        for (Query.Computed value : pivoted.values()) {
            Typed constant = expressions.translate(value.expression());
            if (!constant.columns().isEmpty() || constant.aggregate()) {
                throw new SqlRefused(
                        "invalidQuery",
                        "IN expression in PIVOT must be constant at "
                                + value.expression().at().place());
            }
            for (Query.Computed aggregate : pivoted.aggregates()) {
                Expression.Call call =
                        PivotedAggregate.of(aggregate.expression()).where(pivoted.input(), value.expression());
                Typed result = expressions.translate(call);
                values.add(result);
                columns.add(new OutputColumn(name(pivoted, aggregate, value), result.type()));
            }
        }
    }

    private static String name(Query.Pivoted pivoted, Query.Computed aggregate, Query.Computed value) {
        Token alias = value.alias();
        Token prefix = aggregate.alias();
        String name = alias == null ? PivotedAggregate.name(value.expression(), prefix != null) : alias.value();
        if (prefix == null && pivoted.aggregates().size() > 1) {
            throw new SqlRefused(
                    "invalidQuery",
                    "PIVOT expression must specify an alias unless it is the only pivot expression in the PIVOT"
                            + " clause at "
                            + aggregate.expression().at().place());
        }
        return prefix == null ? name : prefix.value() + "_" + name;
    }
}
