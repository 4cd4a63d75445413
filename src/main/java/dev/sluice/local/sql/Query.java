package dev.sluice.local.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query as written.
 *
 * @param limit an integer literal or a parameter, as {@code offset} is
 */
record Query(
        Token at,
        List<With> with,
        Body body,
        List<Ordering> order,
        @Nullable Expression limit,
        @Nullable Expression offset) {

    /** @param recursive whether it may read itself */
    record With(Token name, Query query, boolean recursive) {}

    /** @param nullsFirst null if not said */
    record Ordering(
            Expression expression,
            boolean descending,
            @Nullable Boolean nullsFirst) {}

    sealed interface Body {}

    /**
     * @param operator DuckDB's: UNION ALL, UNION, INTERSECT or EXCEPT
     * @param matching how columns are matched by their names, null if they are matched by their places
     */
    record Union(Token at, String operator, @Nullable Matching matching, List<Body> parts) implements Body {}

    /**
     * Of columns by their names.
     *
     * @param mode which columns come out: STRICT (all queries have them), INNER (that all have), LEFT (of the first) or FULL
     * @param words how it is asked for: BY NAME or CORRESPONDING
     * @param on the columns that come out, empty if not said
     */
    record Matching(String mode, String words, List<String> on) {}

    record Nested(Query query) implements Body {}

    /**
     * @param as STRUCT, VALUE or empty
     * @param windows by lower-case name
     */
    record Select(
            Token at,
            boolean distinct,
            String as,
            List<Item> items,
            @Nullable Source from,
            @Nullable Expression where,
            List<Grouping> groupBy,
            @Nullable Expression having,
            @Nullable Expression qualify,
            Map<String, Expression.Window> windows)
            implements Body {}

    /**
     * What is grouped by.
     *
     * @param kind ITEM, SET (of items in parentheses), ROLLUP, CUBE, GROUPING SETS or ALL
     * @param expression of an item
     */
    record Grouping(Token at, String kind, @Nullable Expression expression, List<Grouping> parts) {}

    sealed interface Item {}

    record Computed(Expression expression, @Nullable Token alias) implements Item {}

    /** @param base whose columns or fields are meant, null for all columns */
    record Star(Token at, @Nullable Expression base, List<Token> except, List<Computed> replace) implements Item {}

    sealed interface Source {}

    /** @param asOf the moment of FOR SYSTEM_TIME AS OF */
    record Table(
            Token at,
            List<String> path,
            String alias,
            @Nullable Expression asOf) implements Source {

        /** Whether it may be a column of what stands before it. */
        boolean mayBeArray() {
            return path.size() > 1 && asOf == null;
        }
    }

    /** @param offset how WITH OFFSET is called, null without it */
    record Unnest(
            Token at,
            Expression array,
            @Nullable String alias,
            @Nullable String offset) implements Source {}

    record Derived(Query query, @Nullable String alias) implements Source {}

    /** @param input what is compared with the values, each of which becomes a column for each aggregate */
    record Pivoted(
            Token at,
            Source source,
            List<Computed> aggregates,
            Expression input,
            List<Computed> values,
            @Nullable String alias)
            implements Source {}

    /**
     * @param nulls whether rows come out whose values are all NULL
     * @param values what the columns of values are called
     * @param name what the column of their names is called
     */
    record Unpivoted(
            Token at,
            Source source,
            boolean nulls,
            List<Token> values,
            Token name,
            List<Unpivot> columns,
            @Nullable String alias)
            implements Source {}

    /**
     * @param columns perhaps with their table
     * @param label what stands in the column of names, null for the columns' own names
     */
    record Unpivot(List<Expression.Name> columns, Expression.@Nullable Constant label) {}

    /**
     * APPENDS.
     *
     * @param since null for the table's beginning
     * @param until null for now
     */
    record Appended(
            Token at,
            List<String> path,
            @Nullable String alias,
            @Nullable Expression since,
            @Nullable Expression until) implements Source {}

    /**
     * @param kind INNER, LEFT, RIGHT, FULL or CROSS
     * @param using columns of both sides, empty without USING
     */
    record Join(
            Token at,
            String kind,
            Source left,
            Source right,
            @Nullable Expression on,
            List<Token> using) implements Source {}
}
