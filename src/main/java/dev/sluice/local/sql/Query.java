package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query as written. */
record Query(
        Token at,
        List<With> with,
        Body body,
        List<Ordering> order,
        @Nullable Token limit,
        @Nullable Token offset) {

    record With(Token name, Query query) {}

    /** @param nullsFirst null if not said */
    record Ordering(
            Expression expression,
            boolean descending,
            @Nullable Boolean nullsFirst) {}

    sealed interface Body {}

    record Union(Token at, List<Body> parts) implements Body {}

    record Nested(Query query) implements Body {}

    record Select(
            Token at,
            boolean distinct,
            List<Item> items,
            @Nullable Source from,
            @Nullable Expression where,
            List<Expression> groupBy,
            @Nullable Expression having)
            implements Body {}

    sealed interface Item {}

    record Computed(Expression expression, @Nullable Token alias) implements Item {}

    record Star(Token at, @Nullable Token qualifier, List<Token> except) implements Item {}

    sealed interface Source {}

    record Table(Token at, List<String> path, String alias) implements Source {}

    record Derived(Query query, @Nullable String alias) implements Source {}

    /** @param kind INNER, LEFT, RIGHT, FULL or CROSS */
    record Join(
            Token at,
            String kind,
            Source left,
            Source right,
            @Nullable Expression on) implements Source {}
}
