package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that are executed one after the other; texts in it are GoogleSQL. */
public record Script(List<Step> steps) {

    public sealed interface Step {}

    /** @param text of a step in which no others stand, as errors tell it */
    public record Told(String text, Step step) implements Step {}

    public record Run(String statement) implements Step {}

    /** @param type null for that of the default */
    public record Declare(
            List<String> names,
            @Nullable Type type,
            @Nullable String value) implements Step {}

    public record Assign(String name, String value) implements Step {}

    /** @param value a struct with a field for each name */
    public record AssignAll(List<String> names, String value) implements Step {}

    /** @param otherwise empty if there is none */
    public record If(String condition, List<Step> steps, List<Step> otherwise) implements Step {}

    /** @param operand what the branches' values are compared with */
    public record Case(String operand, List<When> branches, List<Step> otherwise) implements Step {}

    public record When(String value, List<Step> steps) {}

    /** @param condition null for ever */
    public record Loop(
            @Nullable String condition,
            List<Step> steps,
            @Nullable String label) implements Step {}

    /** @param until the condition that ends it, after the steps */
    public record Repeat(
            List<Step> steps, String until, @Nullable String label) implements Step {}

    public record For(
            String name,
            String query,
            List<Step> steps,
            @Nullable String label) implements Step {}

    /** @param handler null without EXCEPTION */
    public record Block(
            List<Step> steps,
            @Nullable List<Step> handler,
            @Nullable String label) implements Step {}

    /** How a loop, a block or a script goes on. */
    public enum Exit {
        BREAK,
        CONTINUE,
        RETURN
    }

    /** @param label in lower case, null for the loop around it */
    public record Leave(Exit exit, @Nullable String label) implements Step {

        /** Whether a loop of this label is meant, if it is the first around the step to be asked. */
        public boolean isAbout(@Nullable String loop) {
            return exit != Exit.RETURN && (label == null || label.equals(loop));
        }
    }

    public enum Act {
        BEGIN,
        COMMIT,
        ROLLBACK
    }

    public record Transaction(Act act) implements Step {}

    /** @param into the variables that take the only row */
    public record Immediate(String statement, List<String> into, List<Using> using) implements Step {}

    /** @param name null for a parameter by its place */
    public record Using(String value, @Nullable String name) {}

    /** @param message null to raise what is handled again */
    public record Raise(@Nullable String message) implements Step {}
}
