package dev.sluice.local.sql;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A translated expression.
 *
 * @param columns DuckDB's names of the columns that it reads outside of aggregates
 * @param aggregate whether an aggregate is in it
 * @param window whether a window function is in it
 * @param text the value if it is a string literal, which becomes a date where one is wanted
 * @param facts what else is known of it
 */
record Typed(
        String sql,
        Type type,
        Set<String> columns,
        boolean aggregate,
        boolean window,
        @Nullable String text,
        Facts facts) {

    private static final int MAX_LENGTH = 250_000;

    static Typed constant(Type type, String sql) {
        Facts facts = type.equals(Type.NULL) ? Facts.NULL : Facts.LITERAL;
        return new Typed(sql, type, Set.of(), false, false, null, facts);
    }

    /** A value that is the same for all rows, or NULL. */
    static Typed given(Type type, String sql) {
        return new Typed(sql, type, Set.of(), false, false, null, Facts.NULL);
    }

    static Typed text(String text) {
        String sql = "'" + text.replace("'", "''") + "'";
        return new Typed(sql, Type.STRING, Set.of(), false, false, text, Facts.LITERAL);
    }

    static Typed column(Type type, String sql) {
        return new Typed(sql, type, Set.of(sql), false, false, null, Facts.COLUMN);
    }

    /** @param format of DuckDB's SQL, with the operands' SQL as its arguments; without an aggregate of its own */
    static Typed of(Type type, String format, Typed... operands) {
        return combined(type, whole(format, operands), Facts.partial(operands), operands);
    }

    /** @param format of a function that has a value for all operands, and NULL for NULL only */
    static Typed total(Type type, String format, Typed... operands) {
        return combined(type, whole(format, operands), Facts.total(operands), operands);
    }

    private static String whole(String format, Typed... operands) {
        return Folding.misleads(format, operands) || Repeated.hidesQuery(format, operands)
                ? Repeated.together(format, operands)
                : Repeated.once(format, operands);
    }

    /** @param format of a function that has a value for all operands, which are all computed before it is */
    static Typed together(Type type, String format, Typed... operands) {
        Facts facts = Facts.total(operands);
        String sql = facts.fallible() ? Repeated.together(format, operands) : Repeated.once(format, operands);
        return combined(type, sql, facts, operands);
    }

    /** @param format of what computes operands only if it needs them, or only collects them */
    static Typed chosen(Type type, String format, Typed... operands) {
        return combined(type, Repeated.once(format, operands), Facts.chosen(operands), operands);
    }

    /** @param format with an aggregate, before which nothing is computed */
    static Typed aggregated(Type type, String format, Typed... operands) {
        return combined(type, format.formatted(Repeated.texts(operands)), Facts.partial(operands), operands);
    }

    private static Typed combined(Type type, String sql, Facts facts, Typed... operands) {
        var columns = new TreeSet<String>();
        boolean aggregate = false;
        boolean window = false;
        for (Typed operand : operands) {
            columns.addAll(operand.columns());
            aggregate |= operand.aggregate();
            window |= operand.window();
        }
        if (sql.length() > MAX_LENGTH) {
            throw SqlRefused.own("The query is too complex for the local BigQuery");
        }
        return new Typed(sql, type, columns, aggregate, window, null, facts);
    }

    Typed as(Type other, String format) {
        return of(other, format, this);
    }

    /** @param format with an aggregate */
    Typed aggregated(Type other, String format) {
        return aggregated(other, format, this);
    }

    /** The same value, which DuckDB computes otherwise. */
    Typed written(String other) {
        return new Typed(other, type, columns, aggregate, window, null, facts);
    }

    /** As the value of an aggregate or of a group: its columns are spoken for. */
    Typed spokenFor(boolean byAggregate) {
        return new Typed(sql, type, Set.of(), byAggregate || aggregate, window, text, facts.ofGroup());
    }

    /** As a value that does not read these columns. */
    Typed without(Set<String> others) {
        if (columns.stream().noneMatch(others::contains)) {
            return this;
        }
        Set<String> own = new TreeSet<>(columns);
        own.removeAll(others);
        return new Typed(sql, type, own, aggregate, window, text, facts);
    }

    Typed overWindow() {
        return new Typed(sql, type, columns, aggregate, true, null, facts.ofGroup());
    }

    /** With operands one after the other where the format says {@code %s}. */
    static Typed joined(Type type, String before, String separator, String after, List<Typed> operands) {
        String places = operands.isEmpty() ? "" : "%s" + (separator + "%s").repeat(operands.size() - 1);
        return of(type, before + places + after, operands.toArray(Typed[]::new));
    }

    static Typed coalesced(Type type, List<Typed> operands) {
        String places = "%s" + ", %s".repeat(operands.size() - 1);
        return chosen(type, "coalesce(" + places + ")", operands.toArray(Typed[]::new));
    }

    /** DuckDB's SQL for it holds a query, if it is not that a string in it reads like one. */
    boolean holdsQuery() {
        return sql.contains("SELECT ");
    }

    /** Whether it may stand inside of a lambda, where DuckDB has no subqueries, aggregates or windows. */
    boolean isMovable() {
        return !aggregate && !window && !holdsQuery();
    }

    /** Whether it cannot be NaN, infinite or zero by what data says. */
    boolean isLiteral() {
        return columns.isEmpty() && !aggregate && sql.startsWith("CAST('") && sql.endsWith("' AS DOUBLE)");
    }
}
