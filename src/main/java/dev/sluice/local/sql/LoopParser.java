package dev.sluice.local.sql;

import dev.sluice.local.sql.Script.Step;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads loops of scripts. */
final class LoopParser {

    private final Tokens tokens;
    private final Labels labels;
    private final Supplier<List<Step>> body;

    /** @param body reads the steps up to a word that ends them */
    LoopParser(Tokens tokens, Labels labels, Supplier<List<Step>> body) {
        this.tokens = tokens;
        this.labels = labels;
        this.body = body;
    }

    /** @param label null if it has none */
    Step loop(@Nullable Token label) {
        String name = labels.enter(true, label);
        Step loop = switch (tokens.take().upper()) {
            case "LOOP" -> new Script.Loop(null, ended("LOOP"), name);
            case "WHILE" -> whileLoop(name);
            case "REPEAT" -> repeat(name);
            default -> forLoop(name);
        };
        labels.leave(tokens);
        return loop;
    }

    private List<Step> ended(String word) {
        List<Step> steps = body.get();
        tokens.require("END", word);
        return steps;
    }

    private Step whileLoop(@Nullable String label) {
        String condition = RawText.until(tokens, "DO");
        tokens.require("DO");
        return new Script.Loop(condition, ended("WHILE"), label);
    }

    private Step repeat(@Nullable String label) {
        List<Step> steps = body.get();
        tokens.require("UNTIL");
        String until = RawText.until(tokens, "END");
        tokens.require("END", "REPEAT");
        return new Script.Repeat(steps, until, label);
    }

    private Step forLoop(@Nullable String label) {
        String variable = tokens.name();
        tokens.require("IN", "(");
        String query = RawText.until(tokens, ")");
        tokens.require(")", "DO");
        return new Script.For(variable, query, ended("FOR"), label);
    }
}
