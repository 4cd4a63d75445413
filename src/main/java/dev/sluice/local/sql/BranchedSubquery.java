package dev.sluice.local.sql;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a subquery reads by the {@link Branch} in which it stands. */
final class BranchedSubquery {

    private final Scope subquery;
    private final boolean whole;
    private final String once;
    private @Nullable Typed computedOnce;

    /**
     * @param whole whether it aggregates all of its rows, of which there is a group even if it reads none
     * @param once an alias for what is computed once for all of its rows
     */
    BranchedSubquery(Scope subquery, boolean whole, String once) {
        this.subquery = subquery;
        this.whole = whole;
        this.once = once;
    }

    /**
     * What a subquery's WHERE becomes by the branch in which it stands. One that depends on no row and reads tables stays as it
     * is, since it would read them for each row.
     *
     * @return with its keyword, or empty
     */
    String filter(@Nullable Typed where, boolean readsTables) {
        Optional<Typed> filter = taken(readsTables)
                .map(condition -> where == null ? condition : both(condition, where, readsTables))
                .or(() -> Optional.ofNullable(where));
        return filter.map(condition -> " WHERE " + condition.sql()).orElse("");
    }

    /** DuckDB asks first what it need not join. A CASE keeps the order, but also DuckDB from joining by what it holds. */
    private static Typed both(Typed condition, Typed where, boolean readsTables) {
        boolean inOrder = condition.holdsQuery() || where.facts().fallible() && !readsTables;
        return Typed.chosen(Type.BOOL, inOrder ? Branch.CHOSEN : "%s AND %s", condition, where);
    }

    /**
     * What a subquery's HAVING becomes.
     *
     * @param having without its keyword, or empty
     */
    String groups(String having, boolean readsTables) {
        return (whole ? taken(readsTables) : Optional.<Typed>empty())
                .map(condition -> having.isEmpty() ? condition.sql() : Branch.CHOSEN.formatted(condition.sql(), having))
                .orElse(having);
    }

    private Optional<Typed> taken(boolean readsTables) {
        boolean cheap = !readsTables || !subquery.outer().isEmpty();
        return taken(condition -> cheap || condition.facts().constant());
    }

    /** An array that a subquery takes its rows from, which DuckDB computes before the WHERE; NULL for rows of other branches. */
    Typed array(Typed array) {
        boolean early = array.facts().fallible() && subquery.outer().containsAll(array.columns());
        return taken(condition -> early)
                .map(condition -> Typed.chosen(array.type(), Branch.CHOSEN, condition, array))
                .orElse(array);
    }

    /** The subquery with what is computed once for it. */
    String around(String sql) {
        return computedOnce == null
                ? sql
                : "SELECT %1$s_rows.* FROM (SELECT %2$s AS holds) AS %1$s, LATERAL (%3$s) AS %1$s_rows"
                        .formatted(once, computedOnce.sql(), sql);
    }

    /** What a subquery reads of the rows around it from now on; empty if it is for all of them, as far as it can know. */
    private Optional<Typed> taken(Predicate<Typed> suits) {
        Optional<Typed> taken = Optional.ofNullable(subquery.parent())
                .flatMap(around -> around.branch().together())
                .filter(suits);
        taken.ifPresent(condition -> subquery.outer().addAll(condition.columns()));
        return taken.map(condition -> whole && condition.holdsQuery() ? computedOnce(condition) : condition);
    }

    /** DuckDB has no queries of a row around in HAVING. */
    private Typed computedOnce(Typed condition) {
        computedOnce = condition;
        return Typed.chosen(Type.BOOL, once + ".holds");
    }
}
