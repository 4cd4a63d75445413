package dev.sluice.local.sql;

import dev.sluice.local.sql.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads IF and CASE of scripts. */
final class BranchParser {

    private final Tokens tokens;
    private final Supplier<List<Step>> body;

    /** @param body reads the steps up to a word that ends them */
    BranchParser(Tokens tokens, Supplier<List<Step>> body) {
        this.tokens = tokens;
        this.body = body;
    }

    Step condition() {
        tokens.take();
        String condition = RawText.until(tokens, "THEN");
        tokens.require("THEN");
        List<Step> steps = body.get();
        if (tokens.peek().is("ELSEIF")) {
            return new Script.If(condition, steps, List.of(condition()));
        }
        List<Step> otherwise = otherwise();
        tokens.require("END", "IF");
        return new Script.If(condition, steps, otherwise);
    }

    private List<Step> otherwise() {
        return tokens.takeIf("ELSE") ? body.get() : List.of();
    }

    Step cases() {
        tokens.take();
        @Nullable String operand = tokens.peek().is("WHEN") ? null : RawText.until(tokens, "WHEN");
        List<Script.When> branches = new ArrayList<>();
        while (branches.isEmpty() || tokens.peek().is("WHEN")) {
            branches.add(branch());
        }
        List<Step> otherwise = otherwise();
        tokens.require("END", "CASE");
        return operand == null ? conditions(branches, otherwise) : new Script.Case(operand, branches, otherwise);
    }

    private Script.When branch() {
        tokens.require("WHEN");
        String value = RawText.until(tokens, "THEN");
        tokens.require("THEN");
        return new Script.When(value, body.get());
    }

    /** A condition within the ELSE of the one before. */
    private static Step conditions(List<Script.When> branches, List<Step> otherwise) {
        List<Step> steps = otherwise;
        for (int i = branches.size() - 1; i >= 0; i--) {
            Script.When branch = branches.get(i);
            steps = List.of(new Script.If(branch.value(), branch.steps(), steps));
        }
        return steps.get(0);
    }
}
