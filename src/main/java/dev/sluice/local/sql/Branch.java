package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The rows for which the part of an expression is computed that is being translated. DuckDB computes a subquery for all rows
 * and chooses among the values afterwards, and what no row chooses may fail; so a subquery reads nothing for other rows.
 */
final class Branch {

    static final String CHOSEN = "CASE WHEN %s THEN %s END";

    /** In characters of all conditions. */
    private static final int SHORT = 1_000;

    private final Scope scope;
    private final List<Typed> conditions = new ArrayList<>();
    private Set<String> groups = Set.of();

    Branch(Scope scope) {
        this.scope = scope;
    }

    /** From now on only columns and these keys can be read. */
    void groupBy(Set<String> keys) {
        this.groups = keys;
    }

    /** Translates what has branches of its own. */
    <T> T within(Supplier<T> translation) {
        int before = conditions.size();
        T translated = translation.get();
        conditions.subList(before, conditions.size()).clear();
        return translated;
    }

    /** Translates what is computed where a condition holds. */
    <T> T where(Typed condition, Supplier<T> translation) {
        return within(() -> {
            narrow(condition, "%s");
            return translation.get();
        });
    }

    /** What follows is computed only where a condition does not hold. */
    void leave(Typed condition) {
        narrow(condition, "(%s IS NOT TRUE)");
    }

    /** Translates a query that may not come to depend on a row. */
    <T> T apart(Supplier<T> translation) {
        List<Typed> all = List.copyOf(conditions);
        conditions.removeIf(each -> !each.facts().constant());
        T translated = translation.get();
        conditions.clear();
        conditions.addAll(all);
        return translated;
    }

    private void narrow(Typed condition, String format) {
        if (isReadable(condition)) {
            conditions.add(Typed.total(Type.BOOL, format, harmless(condition)));
        }
    }

    /** Without an error for rows for which it is not computed. What holds a query cannot stand in a TRY. */
    private static Typed harmless(Typed condition) {
        return condition.facts().fallible() && !condition.holdsQuery() ? Guards.orNull(condition) : condition;
    }

    /** What DuckDB would compute before the CASE around it, as the operand of an IN; NULL for rows of other branches. */
    Typed operand(Typed operand) {
        return together()
                .filter(condition -> operand.facts().fallible())
                .map(condition -> Typed.chosen(operand.type(), CHOSEN, condition, operand))
                .orElse(operand);
    }

    /** All conditions on the way there; empty for all rows. */
    Optional<Typed> together() {
        return conditions.stream().reduce(Branch::both);
    }

    private static Typed both(Typed first, Typed second) {
        return Typed.chosen(Type.BOOL, second.facts().fallible() ? "(" + CHOSEN + ")" : "(%s AND %s)", first, second);
    }

    /**
     * Whether a subquery can compute it, and will find the same. One that holds a query itself is the first one on the way, or
     * all of them are short, or DuckDB would plan it ever more often.
     */
    private boolean isReadable(Typed condition) {
        return !condition.aggregate()
                && !condition.window()
                && (!condition.holdsQuery() || conditions.isEmpty() || isShort(condition))
                && !ChangingFunctions.areIn(condition)
                && !Guards.raisesUnknown(condition)
                && groups.stream().noneMatch(key -> condition.sql().contains(key) && !isColumn(key));
    }

    private boolean isShort(Typed condition) {
        return Stream.concat(conditions.stream(), Stream.of(condition))
                        .mapToInt(each -> each.sql().length())
                        .sum()
                < SHORT;
    }

    private boolean isColumn(String key) {
        return scope.columns().stream().anyMatch(column -> column.sql().equals(key));
    }
}
