package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Body;
import dev.sluice.local.sql.Query.Matching;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads UNION, INTERSECT and EXCEPT between queries. */
final class SetOperationParser {

    private static final Set<String> OPERATORS = Set.of("UNION", "INTERSECT", "EXCEPT");

    /** @param operator empty if there is none */
    private record Operation(String operator, @Nullable Matching matching) {}

    private final Tokens tokens;
    private final Supplier<Body> part;

    /** @param part reads what stands between the operators */
    SetOperationParser(Tokens tokens, Supplier<Body> part) {
        this.tokens = tokens;
        this.part = part;
    }

    /** Whether an operator begins here, perhaps with words that may begin a join, too. */
    static boolean isNext(Tokens tokens) {
        int words = 0;
        while (words < 2
                && Set.of("FULL", "LEFT", "INNER", "OUTER")
                        .contains(tokens.peek(words).upper())) {
            words++;
        }
        return OPERATORS.contains(tokens.peek(words).upper());
    }

    Body body() {
        List<Body> parts = new ArrayList<>();
        parts.add(part.get());
        Token at = tokens.peek();
        Operation operation = operation();
        Operation next = operation;
        while (!next.operator().isEmpty()) {
            requireSame(operation, next);
            parts.add(part.get());
            next = operation();
        }
        return parts.size() == 1
                ? parts.get(0)
                : new Query.Union(at, operation.operator(), operation.matching(), parts);
    }

    private void requireSame(Operation first, Operation next) {
        if (!next.equals(first)) {
            throw SqlRefused.syntax(
                    "Different set operation%s cannot be used in the same query without using parentheses for grouping"
                            .formatted(next.operator().equals(first.operator()) ? " modifiers" : "s"),
                    tokens.peek());
        }
    }

    private Operation operation() {
        if (!isNext(tokens)) {
            return new Operation("", null);
        }
        Token at = tokens.peek();
        String mode = OPERATORS.contains(at.upper()) ? "" : mode();
        String operator = operator();
        @Nullable Matching matching = matching(mode);
        if (matching == null && !mode.isEmpty()) {
            throw SqlRefused.wrong(mode + " in set operations cannot be used without BY NAME or CORRESPONDING", at);
        }
        return new Operation(operator, matching);
    }

    private String mode() {
        Token mode = tokens.take();
        if (!mode.is("INNER") && !mode.is("OUTER")) {
            tokens.takeIf("OUTER");
        }
        return mode.is("OUTER") ? "FULL" : mode.upper();
    }

    private String operator() {
        Token operator = tokens.take();
        if (operator.is("UNION") && tokens.takeIf("ALL")) {
            return "UNION ALL";
        }
        if (!tokens.takeIf("DISTINCT")) {
            throw SqlRefused.syntax("Expected keyword ALL or keyword DISTINCT", tokens.peek());
        }
        return operator.upper();
    }

    private @Nullable Matching matching(String mode) {
        if (tokens.takeIf("BY", "NAME")) {
            return new Matching(mode.isEmpty() ? "STRICT" : mode, "BY NAME", list("ON"));
        }
        boolean strict = mode.isEmpty() && tokens.takeIf("STRICT");
        if (!tokens.takeIf("CORRESPONDING")) {
            return null;
        }
        String inner = mode.isEmpty() ? "INNER" : mode;
        return new Matching(strict ? "STRICT" : inner, "CORRESPONDING", list("BY"));
    }

    private List<String> list(String word) {
        return tokens.takeIf(word, "(") ? tokens.closedList(tokens::name) : List.of();
    }
}
