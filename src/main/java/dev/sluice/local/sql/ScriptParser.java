package dev.sluice.local.sql;

import dev.sluice.local.sql.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads scripts, without looking into the statements in them. */
final class ScriptParser {

    private static final Set<String> FIRST = Set.of(
            ("DECLARE SET IF CASE BEGIN COMMIT ROLLBACK LOOP WHILE REPEAT FOR BREAK LEAVE CONTINUE ITERATE EXECUTE"
                            + " RAISE RETURN")
                    .split(" "));
    private static final Set<String> ENDS = Set.of("END", "ELSE", "ELSEIF", "EXCEPTION", "WHEN", "UNTIL");
    private static final Set<String> LOOPS = Set.of("LOOP", "WHILE", "REPEAT", "FOR");
    private static final int MAX_DEPTH = 50;

    private final Tokens tokens;
    private final Labels labels = new Labels();
    private final StepParser single;
    private final LoopParser loops;
    private final BranchParser branches;
    private int depth;
    private int handlers;

    private ScriptParser(Tokens tokens) {
        this.tokens = tokens;
        this.single = new StepParser(tokens, labels);
        this.loops = new LoopParser(tokens, labels, () -> steps(false));
        this.branches = new BranchParser(tokens, () -> steps(false));
    }

    /**
     * Empty for a single statement.
     *
     * @param tokens of the text, from its beginning
     */
    static Optional<Script> read(String sql, Tokens tokens) {
        boolean single =
                !FIRST.contains(tokens.peek().upper()) && !tokens.peek(1).is(":") && tokens.isOneStatement();
        return single ? Optional.empty() : Optional.of(new ScriptParser(new Tokens(Positions.named(sql))).script());
    }

    private Script script() {
        List<Step> steps = steps(true);
        tokens.requireEnd();
        return new Script(steps);
    }

    /** Up to the end, or to a word that ends a list of steps. */
    private List<Step> steps(boolean declarations) {
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("scripts that nest deeper than " + MAX_DEPTH, tokens.peek());
        }
        depth++;
        List<Step> steps = new ArrayList<>();
        boolean begun = !declarations;
        while (!isEnd()) {
            if (!tokens.takeIf(";")) {
                requirePlace(begun);
                begun |= !tokens.peek().is("DECLARE");
                steps.add(step());
                if (!tokens.atEnd()) {
                    tokens.require(";");
                }
            }
        }
        depth--;
        return steps;
    }

    private boolean isEnd() {
        Token next = tokens.peek();
        return next.kind() == Token.Kind.END || next.kind() == Token.Kind.WORD && ENDS.contains(next.upper());
    }

    private void requirePlace(boolean begun) {
        Token at = tokens.peek();
        if (at.is("DECLARE") && begun) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Variable declarations are allowed only at the start of a block or script at " + at.place());
        }
        if (at.is("RAISE") && handlers == 0 && !tokens.peek(1).is("USING")) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Cannot re-raise an existing exception outside of an exception handler at " + at.place());
        }
    }

    private Step step() {
        @Nullable Token label = null;
        if (tokens.peek().isName() && tokens.peek(1).is(":")) {
            label = tokens.take();
            tokens.require(":");
        }
        Token at = tokens.peek();
        if (at.kind() == Token.Kind.WORD && LOOPS.contains(at.upper())) {
            return loops.loop(label);
        }
        if (label != null && !at.is("BEGIN")) {
            throw SqlRefused.syntax("Expected BEGIN or a loop but got " + Tokens.describe(at), at);
        }
        return switch (at.upper()) {
            case "IF" -> branches.condition();
            case "CASE" -> branches.cases();
            case "BEGIN" -> begin(label);
            default -> told(at);
        };
    }

    private Step told(Token from) {
        Step step = single.step();
        return new Script.Told(tokens.text(from, tokens.peek()).strip(), step);
    }

    private Step begin(@Nullable Token label) {
        tokens.take();
        if (tokens.peek().is("TRANSACTION") || tokens.peek().is(";")) {
            return new Script.Told("BEGIN TRANSACTION", single.transaction(Script.Act.BEGIN));
        }
        String name = labels.enter(false, label);
        List<Step> steps = steps(true);
        @Nullable List<Step> handler = null;
        if (tokens.takeIf("EXCEPTION")) {
            tokens.require("WHEN", "ERROR", "THEN");
            handlers++;
            handler = steps(false);
            handlers--;
        }
        tokens.require("END");
        labels.leave(tokens);
        return new Script.Block(steps, handler, name);
    }
}
