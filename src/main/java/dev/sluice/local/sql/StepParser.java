package dev.sluice.local.sql;

import dev.sluice.local.sql.Script.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads steps of a script in which no others stand. */
final class StepParser {

    private final Tokens tokens;
    private final Labels labels;
    private final ExpressionParser expressions;

    StepParser(Tokens tokens, Labels labels) {
        this.tokens = tokens;
        this.labels = labels;
        this.expressions = new QueryParser(tokens).expressions();
    }

    Step step() {
        return switch (tokens.peek().upper()) {
            case "DECLARE" -> declare();
            case "SET" -> assign();
            case "COMMIT", "ROLLBACK" ->
                transaction(Script.Act.valueOf(tokens.take().upper()));
            case "BREAK", "LEAVE" -> labels.target(tokens, Script.Exit.BREAK);
            case "CONTINUE", "ITERATE" -> labels.target(tokens, Script.Exit.CONTINUE);
            case "RETURN" -> {
                tokens.take();
                yield new Script.Leave(Script.Exit.RETURN, null);
            }
            case "EXECUTE" -> immediate();
            case "RAISE" -> raise();
            default -> statement();
        };
    }

    private Step statement() {
        boolean replacing = tokens.peek(1).is("OR");
        if (tokens.peek().is("CREATE") && tokens.peek(replacing ? 3 : 1).is("PROCEDURE")) {
            throw SqlRefused.unsupported("CREATE PROCEDURE", tokens.peek());
        }
        return new Script.Run(RawText.until(tokens, ";"));
    }

    /** After the word that begins it. */
    Step transaction(Script.Act act) {
        tokens.takeIf("TRANSACTION");
        return new Script.Transaction(act);
    }

    private Step declare() {
        tokens.take();
        List<String> names = tokens.commaSeparated(tokens::name);
        @Nullable Type type = tokens.peek().is("DEFAULT") ? null : new TypeParser(tokens).type();
        @Nullable String value = tokens.takeIf("DEFAULT") ? RawText.until(tokens, ";") : null;
        return new Script.Declare(names, type, value);
    }

    private Step assign() {
        tokens.take();
        Token at = tokens.peek();
        if (at.kind() == Token.Kind.PARAMETER) {
            throw SqlRefused.unsupported("SET " + at.text(), at);
        }
        if (tokens.takeIf("(")) {
            List<String> names = tokens.closedList(tokens::name);
            tokens.require("=");
            return new Script.AssignAll(names, RawText.until(tokens, ";"));
        }
        String name = tokens.name();
        tokens.require("=");
        return new Script.Assign(name, RawText.until(tokens, ";"));
    }

    private Step immediate() {
        tokens.require("EXECUTE", "IMMEDIATE");
        String statement = RawText.until(tokens, ";", "INTO", "USING");
        List<String> into = tokens.takeIf("INTO") ? tokens.commaSeparated(tokens::name) : List.of();
        List<Script.Using> using = tokens.takeIf("USING") ? tokens.commaSeparated(this::using) : List.of();
        requireUniform(using);
        return new Script.Immediate(statement, into, using);
    }

    private Script.Using using() {
        Token from = tokens.peek();
        expressions.expression();
        String value = tokens.text(from, tokens.peek()).strip();
        return new Script.Using(value, tokens.takeIf("AS") || tokens.peek().isName() ? tokens.name() : null);
    }

    private void requireUniform(List<Script.Using> using) {
        long named = using.stream().filter(each -> each.name() != null).count();
        if (named != 0 && named != using.size()) {
            throw new SqlRefused(
                    "invalidQuery", "EXECUTE IMMEDIATE USING parameters must be all positional or all named.");
        }
    }

    private Step raise() {
        tokens.take();
        return new Script.Raise(tokens.takeIf("USING", "MESSAGE", "=") ? RawText.until(tokens, ";") : null);
    }
}
