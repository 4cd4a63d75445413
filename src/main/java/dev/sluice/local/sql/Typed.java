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
 */
record Typed(
        String sql,
        Type type,
        Set<String> columns,
        boolean aggregate,
        boolean window,
        @Nullable String text) {

    private static final int MAX_LENGTH = 250_000;

    static Typed constant(Type type, String sql) {
        return new Typed(sql, type, Set.of(), false, false, null);
    }

    static Typed text(String text) {
        return new Typed("'" + text.replace("'", "''") + "'", Type.STRING, Set.of(), false, false, text);
    }

    static Typed column(Type type, String sql) {
        return new Typed(sql, type, Set.of(sql), false, false, null);
    }

    /** @param format of DuckDB's SQL, with the operands' SQL as its arguments; without an aggregate of its own */
    static Typed of(Type type, String format, Typed... operands) {
        return combined(type, Repeated.once(format, operands), operands);
    }

    /** @param format with an aggregate, before which nothing is computed */
    static Typed aggregated(Type type, String format, Typed... operands) {
        return combined(type, format.formatted(Repeated.texts(operands)), operands);
    }

    private static Typed combined(Type type, String sql, Typed... operands) {
        var columns = new TreeSet<String>();
        boolean aggregate = false;
        boolean window = false;
        for (Typed operand : operands) {
            columns.addAll(operand.columns());
            aggregate |= operand.aggregate();
            window |= operand.window();
        }
        if (sql.length() > MAX_LENGTH) {
            throw new SqlRefused("invalidQuery", "The query is too complex for the local BigQuery");
        }
        return new Typed(sql, type, columns, aggregate, window, null);
    }

    Typed as(Type other, String format) {
        return of(other, format, this);
    }

    /** As the value of an aggregate or of a group: its columns are spoken for. */
    Typed spokenFor(boolean byAggregate) {
        return new Typed(sql, type, Set.of(), byAggregate || aggregate, window, text);
    }

    Typed overWindow() {
        return new Typed(sql, type, columns, aggregate, true, null);
    }

    /** With operands one after the other where the format says {@code %s}. */
    static Typed joined(Type type, String before, String separator, String after, List<Typed> operands) {
        String places = operands.isEmpty() ? "" : "%s" + (separator + "%s").repeat(operands.size() - 1);
        return of(type, before + places + after, operands.toArray(Typed[]::new));
    }

    /** Whether it cannot be NaN, infinite or zero by what data says. */
    boolean isLiteral() {
        return columns.isEmpty() && !aggregate && sql.startsWith("CAST('") && sql.endsWith("' AS DOUBLE)");
    }
}
