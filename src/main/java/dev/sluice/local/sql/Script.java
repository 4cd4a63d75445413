package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that are executed one after the other; texts in it are GoogleSQL. */
public record Script(List<Step> steps) {

    public sealed interface Step {}

    public record Run(String statement) implements Step {}

    /** @param type null for that of the default */
    public record Declare(
            List<String> names,
            @Nullable Type type,
            @Nullable String value) implements Step {}

    public record Assign(String name, String value) implements Step {}

    /** @param otherwise empty if there is none */
    public record If(String condition, List<Step> steps, List<Step> otherwise) implements Step {}

    /** @param condition null for ever */
    public record Loop(@Nullable String condition, List<Step> steps) implements Step {}

    public record For(String name, String query, List<Step> steps) implements Step {}

    /** @param handler null without EXCEPTION */
    public record Block(List<Step> steps, @Nullable List<Step> handler) implements Step {}

    /** How a loop or a script goes on. */
    public enum Exit {
        BREAK,
        CONTINUE,
        RETURN
    }

    public record Leave(Exit exit) implements Step {}

    public enum Act {
        BEGIN,
        COMMIT,
        ROLLBACK
    }

    public record Transaction(Act act) implements Step {}

    public record Immediate(String statement) implements Step {}

    /** @param message null to raise what is handled again */
    public record Raise(@Nullable String message) implements Step {}
}
