package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Grouping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * GROUP BY.
 *
 * @param keys DuckDB's SQL for what is grouped by
 * @param selected those that are meant as items of the SELECT list
 * @param sql DuckDB's clause, empty if nothing is grouped
 * @param hasSets whether rows may be of groups in which keys are not told apart
 */
record Groups(Set<String> keys, Set<String> selected, String sql, boolean hasSets) {

    private static final Set<String> SETS = Set.of("ROLLUP", "CUBE", "GROUPING SETS");

    /**
     * @param selected to which numbers refer, and names, even where columns have them
     * @param outer columns from further out, by which nothing is grouped by itself
     */
    static Groups of(
            List<Grouping> groupings, ExpressionTranslator translator, SelectList selected, Set<String> outer) {
        Set<String> keys = new LinkedHashSet<>();
        if (groupings.size() == 1 && groupings.get(0).kind().equals("ALL")) {
            inferred(groupings.get(0).at(), selected.values(), outer, keys);
            return new Groups(keys, keys, clause(keys.isEmpty() ? List.of("()") : List.copyOf(keys)), false);
        }
        Set<String> items = new LinkedHashSet<>();
        Function<Grouping, String> item = grouping -> {
            String key = key(grouping, translator, selected);
            keys.add(key);
            if (isSelected(grouping, selected)) {
                items.add(key);
            }
            return selectedQuery(key, selected.values());
        };
        return new Groups(
                keys,
                items,
                clause(groupings.stream()
                        .map(each -> text(each, item))
                        .distinct()
                        .toList()),
                groupings.stream().anyMatch(each -> SETS.contains(each.kind())));
    }

    /** Whether it is an item of the SELECT list, by its name or place. */
    private static boolean isSelected(Grouping grouping, SelectList selected) {
        return grouping.expression() instanceof Expression.Constant
                || grouping.expression() instanceof Expression.Name name
                        && name.parts().size() == 1
                        && selected.aliases().containsKey(Scope.key(name.at().value()));
    }

    /** Those that are read where they stand, whatever keys they are computed of. */
    Set<String> whole() {
        return hasSets ? selected : keys;
    }

    GroupKeys read() {
        return new GroupKeys(keys, hasSets);
    }

    boolean isEmpty() {
        return sql.isEmpty();
    }

    /**
     * DuckDB's clause; without rows there are no groups, not even one of all.
     *
     * @param condition empty if there is none
     */
    String having(String condition) {
        if (!hasSets) {
            return condition.isEmpty() ? "" : " HAVING " + condition;
        }
        return " HAVING count(*) > 0" + (condition.isEmpty() ? "" : " AND " + condition);
    }

    private static String clause(List<String> parts) {
        return parts.isEmpty() ? "" : " GROUP BY " + String.join(", ", parts);
    }

    private static String text(Grouping grouping, Function<Grouping, String> item) {
        if (grouping.kind().equals("ITEM")) {
            return item.apply(grouping);
        }
        String parts = grouping.parts().stream().map(part -> text(part, item)).collect(Collectors.joining(", "));
        return (grouping.kind().equals("SET") ? "" : grouping.kind() + " ") + "(" + parts + ")";
    }

    private static String key(Grouping grouping, ExpressionTranslator translator, SelectList selected) {
        Expression expression = Objects.requireNonNull(grouping.expression());
        boolean name =
                expression instanceof Expression.Name names && names.parts().size() == 1;
        translator.know(name ? selected.aliases() : Map.of());
        Typed key = expression instanceof Expression.Constant constant && Orderings.isBare(constant)
                ? Orderings.ordinal(constant, selected.values())
                : translator.translate(expression);
        translator.know(Map.of());
        requireKey(key, grouping.at());
        return key.sql();
    }

    /** What is computed by a query, which DuckDB would not recognize in the SELECT list, by its place there. */
    private static String selectedQuery(String key, List<Typed> selected) {
        if (key.contains("(SELECT ")) {
            for (int i = 0; i < selected.size(); i++) {
                if (selected.get(i).sql().equals(key)) {
                    return String.valueOf(i + 1);
                }
            }
        }
        return key;
    }

    /** All that is selected and depends on a row. */
    private static void inferred(Token at, List<Typed> selected, Set<String> outer, Set<String> keys) {
        for (Typed value : selected) {
            boolean key = !value.aggregate()
                    && !value.window()
                    && !value.without(outer).columns().isEmpty();
            if (key) {
                requireKey(value, at);
                keys.add(value.sql());
            }
        }
    }

    private static void requireKey(Typed key, Token at) {
        if (key.aggregate()) {
            throw new SqlRefused("invalidQuery", "Aggregate functions are not allowed in GROUP BY at " + at.place());
        }
        if (!key.type().isGroupable()) {
            throw SqlRefused.unsupported("grouping by " + key.type(), at);
        }
    }

    /** Refuses a value that differs within a group. */
    static void require(Typed value, Token at, String clause) {
        if (!value.columns().isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "%s expression references a column which is neither grouped nor aggregated at %s"
                            .formatted(clause, at.place()));
        }
    }
}
