package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes UNION, INTERSECT and EXCEPT of queries that are translated already. */
final class SetOperations {

    private final Translation translation;

    SetOperations(Translation translation) {
        this.translation = translation;
    }

    TranslatedQuery combined(Query.Union union, List<TranslatedQuery> parts) {
        List<OutputColumn> columns = parts.get(0).columns();
        Set<String> outer = new TreeSet<>();
        for (TranslatedQuery part : parts) {
            requireCount(union.at(), columns.size(), part.columns().size());
            columns = common(union.at(), columns, part.columns());
            outer.addAll(part.outer());
        }
        List<String> texts = new ArrayList<>();
        for (TranslatedQuery part : parts) {
            texts.add("(" + converted(part, columns, union.at()) + ")");
        }
        requireComparable(union, columns);
        return new TranslatedQuery(String.join(" " + union.operator() + " ", texts), columns, outer);
    }

    private static List<OutputColumn> common(Token at, List<OutputColumn> ones, List<OutputColumn> others) {
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < ones.size(); i++) {
            OutputColumn one = ones.get(i);
            OutputColumn other = others.get(i);
            Type type = Coercions.common(at, List.of(Typed.constant(one.type(), ""), Typed.constant(other.type(), "")));
            columns.add(new OutputColumn(one.name(), type, one.origin().and(other.origin())));
        }
        return columns;
    }

    private static void requireComparable(Query.Union union, List<OutputColumn> columns) {
        for (OutputColumn column : columns) {
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

    private String converted(TranslatedQuery part, List<OutputColumn> wanted, Token at) {
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
                : "SELECT %s FROM (%s) AS %s"
                        .formatted(OutputNames.list(values, OutputNames.of(wanted, false)), part.sql(), alias);
    }
}
