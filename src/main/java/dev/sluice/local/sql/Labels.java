package dev.sluice.local.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The blocks and loops around a step of a script, and what they are called. */
final class Labels {

    private record Around(boolean loop, @Nullable String label) {}

    private final Deque<Around> around = new ArrayDeque<>();

    /** @return the label in lower case */
    @Nullable
    String enter(boolean loop, @Nullable Token label) {
        if (label == null) {
            around.push(new Around(loop, null));
            return null;
        }
        String name = key(label);
        if (around.stream().anyMatch(each -> name.equals(each.label()))) {
            throw SqlRefused.wrong("Label %s is that of a block or loop around it".formatted(label.value()), label);
        }
        around.push(new Around(loop, name));
        return name;
    }

    /** After the words that end a block or loop, which its label may follow. */
    void leave(Tokens tokens) {
        Around ended = around.pop();
        if (tokens.peek().isName()) {
            Token label = tokens.take();
            if (!key(label).equals(ended.label())) {
                throw SqlRefused.wrong("Label %s is not that of what ends here".formatted(label.value()), label);
            }
        }
    }

    /** Reads where BREAK or CONTINUE leads to. */
    Script.Leave target(Tokens tokens, Script.Exit exit) {
        Token at = tokens.take();
        if (!tokens.peek().isName()) {
            if (around.stream().noneMatch(Around::loop)) {
                throw SqlRefused.wrong(at.upper() + " without label is only allowed inside of a loop body", at);
            }
            return new Script.Leave(exit, null);
        }
        Token label = tokens.take();
        boolean fits = around.stream()
                .anyMatch(each -> key(label).equals(each.label()) && (each.loop() || exit == Script.Exit.BREAK));
        if (!fits) {
            throw SqlRefused.wrong(
                    "%s: no %s around it has the label %s"
                            .formatted(at.upper(), exit == Script.Exit.BREAK ? "block or loop" : "loop", label.value()),
                    label);
        }
        return new Script.Leave(exit, key(label));
    }

    private static String key(Token label) {
        return label.value().toLowerCase(Locale.ROOT);
    }
}
