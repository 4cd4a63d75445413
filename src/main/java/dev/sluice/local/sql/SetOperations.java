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
        Set<String> outer = new TreeSet<>();
        List<List<Typed>> values = new ArrayList<>();
        List<String> aliases = new ArrayList<>();
        for (TranslatedQuery part : parts) {
            requireCount(
                    union.at(), parts.get(0).columns().size(), part.columns().size());
            outer.addAll(part.outer());
            String alias = translation.alias();
            aliases.add(alias);
            values.add(part.values(alias));
        }
        List<OutputColumn> columns = common(union.at(), parts, values);
        requireComparable(union, columns);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            texts.add("(" + converted(parts.get(i), columns, values.get(i), aliases.get(i)) + ")");
        }
        boolean value = parts.stream().allMatch(TranslatedQuery::value);
        return new TranslatedQuery(String.join(" " + union.operator() + " ", texts), columns, outer, value);
    }

    /** The columns of the whole; the values become of their types. */
    private static List<OutputColumn> common(Token at, List<TranslatedQuery> parts, List<List<Typed>> values) {
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < values.get(0).size(); i++) {
            int place = i;
            List<Typed> alike = Coercions.toCommon(
                    at, values.stream().map(row -> row.get(place)).toList());
            Origin origin = parts.get(0).columns().get(i).origin();
            for (int part = 0; part < parts.size(); part++) {
                origin = origin.and(parts.get(part).columns().get(i).origin());
                values.get(part).set(i, alike.get(part));
            }
            Type type = alike.get(0).type();
            columns.add(new OutputColumn(parts.get(0).columns().get(i).name(), type, origin, null));
        }
        return columns;
    }

    private static void requireComparable(Query.Union union, List<OutputColumn> columns) {
        for (OutputColumn column : columns) {
            if (!union.operator().equals("UNION ALL") && !column.type().isGroupable()) {
                throw SqlRefused.unsupported(
                        "%s DISTINCT of %s".formatted(union.operator(), column.type()), union.at());
            }
        }
    }

    static void requireCount(Token at, int first, int other) {
        if (first != other) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Queries in a set operation have mismatched column count; query 1 has %d column, another has %d columns at %s"
                            .formatted(first, other, at.place()));
        }
    }

    private static String converted(TranslatedQuery part, List<OutputColumn> wanted, List<Typed> values, String alias) {
        boolean same = true;
        for (int i = 0; i < wanted.size(); i++) {
            same &= part.columns().get(i).type().equals(wanted.get(i).type());
        }
        return same
                ? part.sql()
                : "SELECT %s FROM (%s) AS %s"
                        .formatted(OutputNames.list(values, OutputNames.of(wanted, false)), part.sql(), alias);
    }
}
