package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows for which the part of an expression is computed that is being translated. DuckDB computes a subquery for all rows
 * and chooses among the values afterwards, and what no row chooses may fail; so a subquery reads nothing for other rows.
 */
final class Branch {

    private static final String CHOSEN = "CASE WHEN %s THEN %s END";

    /** The conditions of a CASE would double with each that holds a query. */
    private static final int LONG = 2_000;

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

    /** Without an error for rows for which it is not computed; what holds a query cannot stand in a TRY. */
    private Typed harmless(Typed condition) {
        if (!condition.facts().fallible()) {
            return condition;
        }
        return holdsQuery(condition) ? operand(condition) : Guards.orNull(condition);
    }

    /**
     * What a subquery's WHERE becomes by the branch in which it stands. One that depends on no row and reads tables stays as it
     * is, since it would read them for each row.
     *
     * @return with its keyword, or empty
     */
    static String filter(Scope subquery, @Nullable Typed where, boolean readsTables) {
        Optional<Typed> filter = taken(subquery, readsTables)
                .map(condition -> where == null ? condition : both(condition, where, readsTables))
                .or(() -> Optional.ofNullable(where));
        return filter.map(condition -> " WHERE " + condition.sql()).orElse("");
    }

    /** DuckDB asks first what it need not join. A CASE keeps the order, but also DuckDB from joining by what it holds. */
    private static Typed both(Typed condition, Typed where, boolean readsTables) {
        boolean inOrder = holdsQuery(condition) || where.facts().fallible() && !readsTables;
        return Typed.chosen(Type.BOOL, inOrder ? CHOSEN : "%s AND %s", condition, where);
    }

    /**
     * What a subquery's HAVING becomes, if it aggregates all rows: there is a group even if it reads none. DuckDB has no
     * queries of a row around there.
     *
     * @param having without its keyword, or empty
     */
    static String groups(Scope subquery, String having, boolean readsTables) {
        return taken(subquery, readsTables)
                .filter(condition -> !holdsQuery(condition))
                .map(condition -> having.isEmpty() ? condition.sql() : CHOSEN.formatted(condition.sql(), having))
                .orElse(having);
    }

    private static Optional<Typed> taken(Scope subquery, boolean readsTables) {
        boolean cheap = !readsTables || !subquery.outer().isEmpty();
        return taken(subquery, condition -> cheap || condition.facts().constant());
    }

    /** An array that a subquery takes its rows from, which DuckDB computes before the WHERE; NULL for rows of other branches. */
    static Typed array(Scope subquery, Typed array) {
        boolean early = array.facts().fallible() && subquery.outer().containsAll(array.columns());
        return taken(subquery, condition -> early)
                .map(condition -> Typed.chosen(array.type(), CHOSEN, condition, array))
                .orElse(array);
    }

    /** What DuckDB would compute before the CASE around it, as the operand of an IN; NULL for rows of other branches. */
    Typed operand(Typed operand) {
        return together()
                .filter(condition -> operand.facts().fallible())
                .map(condition -> Typed.chosen(operand.type(), CHOSEN, condition, operand))
                .orElse(operand);
    }

    private Optional<Typed> together() {
        return conditions.stream().reduce((first, second) -> Typed.chosen(Type.BOOL, "(%s AND %s)", first, second));
    }

    /** What a subquery reads of the rows around it from now on; empty if it is for all of them, as far as it can know. */
    private static Optional<Typed> taken(Scope subquery, Predicate<Typed> suits) {
        @Nullable Scope around = subquery.parent();
        Optional<Typed> taken =
                around == null ? Optional.empty() : around.branch().together();
        taken = taken.filter(suits);
        taken.ifPresent(condition -> subquery.outer().addAll(condition.columns()));
        return taken;
    }

    /** Whether a subquery can compute it, and will find the same. */
    private boolean isReadable(Typed condition) {
        return !condition.aggregate()
                && !condition.window()
                && (!holdsQuery(condition)
                        || conditions.isEmpty()
                        || condition.sql().length() < LONG)
                && !ChangingFunctions.areIn(condition)
                && !Guards.mayBeUnknown(condition)
                && groups.stream().noneMatch(key -> condition.sql().contains(key) && !isColumn(key));
    }

    private static boolean holdsQuery(Typed condition) {
        return condition.sql().contains("SELECT ");
    }

    private boolean isColumn(String key) {
        return scope.columns().stream().anyMatch(column -> column.sql().equals(key));
    }
}
