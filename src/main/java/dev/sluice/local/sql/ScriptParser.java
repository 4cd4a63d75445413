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
    private int depth;

    private ScriptParser(Tokens tokens) {
        this.tokens = tokens;
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
        Token first = tokens.peek();
        return switch (first.upper()) {
            case "DECLARE" -> declare();
            case "SET" -> assign();
            case "IF" -> condition();
            case "BEGIN" -> begin();
            case "COMMIT", "ROLLBACK" ->
                transaction(Script.Act.valueOf(tokens.take().upper()));
            case "LOOP" -> loop();
            case "WHILE" -> whileLoop();
            case "FOR" -> forLoop();
            case "BREAK", "LEAVE" -> leave(Script.Exit.BREAK);
            case "CONTINUE", "ITERATE" -> leave(Script.Exit.CONTINUE);
            case "RETURN" -> leave(Script.Exit.RETURN);
            case "EXECUTE" -> immediate();
            case "RAISE" -> raise();
            default -> new Script.Run(until(";"));
        };
    }

    /** The text up to one of these words outside of parentheses and of CASE … END. */
    private String until(String... words) {
        Token from = tokens.peek();
        int open = 0;
        while (tokens.peek().kind() != Token.Kind.END) {
            Token next = tokens.peek();
            boolean stops = false;
            for (String word : words) {
                stops |= next.is(word);
            }
            if (stops && open == 0) {
                break;
            }
            if (next.is("(") || next.is("CASE")) {
                open++;
            } else if ((next.is(")") || next.is("END")) && open > 0) {
                open--;
            }
            tokens.take();
        }
        String text = tokens.text(from, tokens.peek()).strip();
        if (text.isEmpty()) {
            throw SqlRefused.syntax("Unexpected " + Tokens.describe(tokens.peek()), tokens.peek());
        }
        return text;
    }

    private Step declare() {
        tokens.take();
        List<String> names = tokens.commaSeparated(tokens::name);
        @Nullable Type type = tokens.peek().is("DEFAULT") ? null : new TypeParser(tokens).type();
        @Nullable String value = tokens.takeIf("DEFAULT") ? until(";") : null;
        return new Script.Declare(names, type, value);
    }

    private Step assign() {
        tokens.take();
        if (tokens.peek().is("(")) {
            throw SqlRefused.unsupported("SET of several variables", tokens.peek());
        }
        String name = tokens.name();
        tokens.require("=");
        return new Script.Assign(name, until(";"));
    }

    private Step condition() {
        tokens.take();
        String condition = until("THEN");
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
            return transaction(Script.Act.BEGIN);
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

    private Step transaction(Script.Act act) {
        tokens.takeIf("TRANSACTION");
        return new Script.Transaction(act);
    }

    private Step loop() {
        tokens.take();
        List<Step> steps = steps();
        tokens.require("END", "LOOP");
        return new Script.Loop(null, steps);
    }

    private Step whileLoop() {
        tokens.take();
        String condition = until("DO");
        tokens.require("DO");
        List<Step> steps = steps();
        tokens.require("END", "WHILE");
        return new Script.Loop(condition, steps);
    }

    private Step forLoop() {
        tokens.take();
        String name = tokens.name();
        tokens.require("IN", "(");
        String query = until(")");
        tokens.require(")", "DO");
        List<Step> steps = steps();
        tokens.require("END", "FOR");
        return new Script.For(name, query, steps);
    }

    private Step leave(Script.Exit exit) {
        tokens.take();
        return new Script.Leave(exit);
    }

    private Step immediate() {
        tokens.require("EXECUTE", "IMMEDIATE");
        String statement = until(";", "INTO", "USING");
        if (!tokens.atEnd() && !tokens.peek().is(";")) {
            throw SqlRefused.unsupported("EXECUTE IMMEDIATE … " + tokens.peek().upper(), tokens.peek());
        }
        return new Script.Immediate(statement);
    }

    private Step raise() {
        tokens.take();
        return new Script.Raise(tokens.takeIf("USING", "MESSAGE", "=") ? until(";") : null);
    }
}
