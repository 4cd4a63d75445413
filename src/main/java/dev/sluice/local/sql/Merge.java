package dev.sluice.local.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A MERGE as written; an UPDATE or a DELETE is one with a single clause.
 *
 * @param alias null if the target has none
 * @param source null if there is none; then {@code on} chooses the target's rows
 */
record Merge(
        Token at,
        TableName target,
        @Nullable String alias,
        Query.@Nullable Source source,
        Expression on,
        List<Clause> clauses) {

    /** Which rows a clause is about. */
    enum Rows {
        MATCHED,
        NOT_MATCHED_BY_TARGET,
        NOT_MATCHED_BY_SOURCE
    }

    record Clause(Token at, Rows rows, @Nullable Expression condition, Action action) {}

    sealed interface Action {}

    record Update(List<Assignment> assignments) implements Action {}

    /** @param path the column, and the fields within it that lead to what is assigned */
    record Assignment(List<Token> path, Expression value) {

        String name() {
            return path.stream().map(Token::value).collect(Collectors.joining("."));
        }
    }

    record Delete() implements Action {}

    /**
     * @param columns empty for all of them
     * @param values null for ROW
     */
    record Insert(Token at, List<Token> columns, @Nullable List<Expression> values) implements Action {}

    boolean has(Class<? extends Action> action) {
        return clauses.stream().anyMatch(clause -> action.isInstance(clause.action()));
    }

    boolean isAbout(Rows rows) {
        return clauses.stream().anyMatch(clause -> clause.rows() == rows);
    }
}
