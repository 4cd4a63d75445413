package dev.sluice.local.sql;

import dev.sluice.local.sql.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads scripts, without looking into the statements in them. */
public final class ScriptParser {

    private static final Set<String> FIRST = Set.of(
            "DECLARE",
            "SET",
            "IF",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "LOOP",
            "WHILE",
            "FOR",
            "EXECUTE",
            "RAISE",
            "RETURN");
    private static final int MAX_DEPTH = 50;

    private final Tokens tokens;
    private final StepParser single;
    private int depth;

    private ScriptParser(Tokens tokens) {
        this.tokens = tokens;
        this.single = new StepParser(tokens);
    }

    /** Empty for a single statement. */
    public static Optional<Script> read(String sql) {
        var tokens = new Tokens(sql);
        boolean single = !FIRST.contains(tokens.peek().upper()) && tokens.isOneStatement();
        return single ? Optional.empty() : Optional.of(new Script(new ScriptParser(tokens).steps()));
    }

    /** Up to the end, or to a word that ends a list of steps. */
    private List<Step> steps() {
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("scripts that nest deeper than " + MAX_DEPTH, tokens.peek());
        }
        depth++;
        List<Step> steps = new ArrayList<>();
        while (!isEnd()) {
            if (!tokens.takeIf(";")) {
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
        return next.kind() == Token.Kind.END
                || next.is("END")
                || next.is("ELSE")
                || next.is("ELSEIF")
                || next.is("EXCEPTION");
    }

    private Step step() {
        return switch (tokens.peek().upper()) {
            case "IF" -> condition();
            case "BEGIN" -> begin();
            case "LOOP" -> loop();
            case "WHILE" -> whileLoop();
            case "FOR" -> forLoop();
            default -> single.step();
        };
    }

    private Step condition() {
        tokens.take();
        String condition = RawText.until(tokens, "THEN");
        tokens.require("THEN");
        List<Step> steps = steps();
        if (tokens.peek().is("ELSEIF")) {
            return new Script.If(condition, steps, List.of(condition()));
        }
        List<Step> otherwise = tokens.takeIf("ELSE") ? steps() : List.of();
        tokens.require("END", "IF");
        return new Script.If(condition, steps, otherwise);
    }

    private Step begin() {
        tokens.take();
        if (tokens.peek().is("TRANSACTION") || tokens.peek().is(";")) {
            return single.transaction(Script.Act.BEGIN);
        }
        List<Step> steps = steps();
        @Nullable List<Step> handler = null;
        if (tokens.takeIf("EXCEPTION")) {
            tokens.require("WHEN", "ERROR", "THEN");
            handler = steps();
        }
        tokens.require("END");
        return new Script.Block(steps, handler);
    }

    private Step loop() {
        tokens.take();
        List<Step> steps = steps();
        tokens.require("END", "LOOP");
        return new Script.Loop(null, steps);
    }

    private Step whileLoop() {
        tokens.take();
        String condition = RawText.until(tokens, "DO");
        tokens.require("DO");
        List<Step> steps = steps();
        tokens.require("END", "WHILE");
        return new Script.Loop(condition, steps);
    }

    private Step forLoop() {
        tokens.take();
        String name = tokens.name();
        tokens.require("IN", "(");
        String query = RawText.until(tokens, ")");
        tokens.require(")", "DO");
        List<Step> steps = steps();
        tokens.require("END", "FOR");
        return new Script.For(name, query, steps);
    }
}
