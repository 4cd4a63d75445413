package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lays the columns of queries between which a set operation stands one below the other, by their names. */
final class MatchedColumns {

    private final Translation translation;
    private final Query.Matching matching;
    private final Token at;
    private final List<TranslatedQuery> parts;
    private final List<List<String>> names = new ArrayList<>();

    MatchedColumns(Translation translation, Query.Union union, Query.Matching matching, List<TranslatedQuery> parts) {
        this.translation = translation;
        this.matching = matching;
        this.at = union.at();
        this.parts = parts;
    }

    /** The queries, each with the same columns in the same order; NULL stands for those that one does not have. */
    List<TranslatedQuery> laidOut() {
        for (TranslatedQuery part : parts) {
            names.add(names(part));
        }
        List<String> wanted = wanted();
        List<TranslatedQuery> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            all.add(names.get(i).equals(wanted) ? parts.get(i) : chosen(i, wanted));
        }
        return all;
    }

    /** In lower case; columns that are not listed may have none, or the same. */
    private List<String> names(TranslatedQuery part) {
        List<String> on = on();
        List<String> all = new ArrayList<>();
        for (OutputColumn column : part.columns()) {
            String name = column.name() == null ? "" : Scope.key(column.name());
            boolean wanted = on.isEmpty() || on.contains(name);
            if (wanted && name.isEmpty()) {
                throw wrong("Anonymous columns are not allowed in set operations when %s is used"
                        .formatted(matching.words()));
            }
            if (wanted && all.contains(name)) {
                throw wrong("Duplicate columns found when using %s in set operations: %s"
                        .formatted(matching.words(), column.name()));
            }
            all.add(name);
        }
        return all;
    }

    private List<String> on() {
        return matching.on().stream().map(Scope::key).toList();
    }

    private SqlRefused wrong(String what) {
        return SqlRefused.wrong(what, at);
    }

    private List<String> wanted() {
        List<String> on = on();
        Set<String> wanted = new LinkedHashSet<>(on.isEmpty() ? known() : on);
        if (wanted.size() < on.size()) {
            throw wrong("Duplicate identifiers are not allowed in the %s list".formatted(matching.words()));
        }
        for (int i = 0; i < names.size(); i++) {
            requireNames(i, wanted);
        }
        Set<String> somewhere = new TreeSet<>();
        names.forEach(somewhere::addAll);
        if (!somewhere.containsAll(wanted)) {
            throw wrong("A column name of the %s list does not appear in any input query".formatted(matching.words()));
        }
        return List.copyOf(wanted);
    }

    /** The columns that come out if none are said. */
    private Set<String> known() {
        Set<String> known = new LinkedHashSet<>(names.get(0));
        if (matching.mode().equals("INNER")) {
            names.forEach(known::retainAll);
        }
        if (matching.mode().equals("FULL")) {
            names.forEach(known::addAll);
        }
        if (known.isEmpty()) {
            throw wrong("Queries of the set operation using %s do not have any columns in common"
                    .formatted(matching.words()));
        }
        return known;
    }

    private void requireNames(int part, Set<String> wanted) {
        Set<String> own = Set.copyOf(names.get(part));
        if (matching.mode().equals("STRICT") && !own.equals(wanted)) {
            throw wrong("%s requires all input queries to have identical column names, but query %d has %s"
                    .formatted(matching.words(), part + 1, names.get(part)));
        }
        boolean whole = matching.mode().equals("INNER") || matching.mode().equals("LEFT") && part == 0;
        if (whole && !own.containsAll(wanted)) {
            throw wrong("Query %d does not have all columns of the %s list".formatted(part + 1, matching.words()));
        }
        if (matching.mode().equals("LEFT") && names.get(0).stream().noneMatch(own::contains)) {
            throw wrong("Query %d of the set operation with LEFT mode does not share any common columns with query 1"
                    .formatted(part + 1));
        }
    }

    private TranslatedQuery chosen(int index, List<String> wanted) {
        TranslatedQuery part = parts.get(index);
        String alias = translation.alias();
        List<Typed> values = part.values(alias);
        List<Typed> list = new ArrayList<>();
        List<OutputColumn> columns = new ArrayList<>();
        for (String name : wanted) {
            int place = names.get(index).indexOf(name);
            Typed none = Typed.constant(Type.NULL, "CAST(NULL AS BIGINT)");
            list.add(place < 0 ? none : values.get(place));
            columns.add(
                    place < 0
                            ? new OutputColumn(told(name), Type.NULL, Origin.NONE, none)
                            : part.columns().get(place));
        }
        String sql = "SELECT %s FROM (%s) AS %s"
                .formatted(OutputNames.list(list, OutputNames.of(columns, false)), part.sql(), alias);
        return new TranslatedQuery(sql, columns, part.outer());
    }

    /** As the first query writes it that has it. */
    private String told(String name) {
        for (TranslatedQuery part : parts) {
            for (OutputColumn column : part.columns()) {
                if (column.name() != null && Scope.key(column.name()).equals(name)) {
                    return column.name();
                }
            }
        }
        return name;
    }
}
