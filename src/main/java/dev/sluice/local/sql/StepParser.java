package dev.sluice.local.sql;

import dev.sluice.local.sql.Script.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads steps of a script in which no others stand. */
final class StepParser {

    private final Tokens tokens;

    StepParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Step step() {
        return switch (tokens.peek().upper()) {
            case "DECLARE" -> declare();
            case "SET" -> assign();
            case "COMMIT", "ROLLBACK" ->
                transaction(Script.Act.valueOf(tokens.take().upper()));
            case "BREAK", "LEAVE" -> leave(Script.Exit.BREAK);
            case "CONTINUE", "ITERATE" -> leave(Script.Exit.CONTINUE);
            case "RETURN" -> leave(Script.Exit.RETURN);
            case "EXECUTE" -> immediate();
            case "RAISE" -> raise();
            default -> new Script.Run(RawText.until(tokens, ";"));
        };
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
        if (tokens.peek().is("(")) {
            throw SqlRefused.unsupported("SET of several variables", tokens.peek());
        }
        String name = tokens.name();
        tokens.require("=");
        return new Script.Assign(name, RawText.until(tokens, ";"));
    }

    private Step leave(Script.Exit exit) {
        tokens.take();
        return new Script.Leave(exit);
    }

    private Step immediate() {
        tokens.require("EXECUTE", "IMMEDIATE");
        String statement = RawText.until(tokens, ";", "INTO", "USING");
        if (!tokens.atEnd() && !tokens.peek().is(";")) {
            throw SqlRefused.unsupported("EXECUTE IMMEDIATE … " + tokens.peek().upper(), tokens.peek());
        }
        return new Script.Immediate(statement);
    }

    private Step raise() {
        tokens.take();
        return new Script.Raise(tokens.takeIf("USING", "MESSAGE", "=") ? RawText.until(tokens, ";") : null);
    }
}
