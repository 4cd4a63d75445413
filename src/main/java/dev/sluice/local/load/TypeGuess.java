package dev.sluice.local.load;

import java.time.DateTimeException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which type a text looks like, as schema detection sees it. */
final class TypeGuess {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern FLOAT = Pattern.compile("[+-]?(\\d+\\.\\d*|\\.\\d+|\\d+)([eE][+-]?\\d+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]\\d{2}:\\d{2}.*");
    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?");

    private TypeGuess() {}

    static FieldType of(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return FieldType.BOOLEAN;
        }
        if (INTEGER.matcher(text).matches()) {
            return fits(FieldType.INTEGER, text) ? FieldType.INTEGER : FieldType.FLOAT;
        }
        if (FLOAT.matcher(text).matches()) {
            return FieldType.FLOAT;
        }
        if (DATE.matcher(text).matches() && fits(FieldType.DATE, text)) {
            return FieldType.DATE;
        }
        if (TIMESTAMP.matcher(text).matches() && fits(FieldType.TIMESTAMP, text)) {
            return FieldType.TIMESTAMP;
        }
        return TIME.matcher(text).matches() && fits(FieldType.TIME, text) ? FieldType.TIME : FieldType.STRING;
    }

    private static boolean fits(FieldType type, String text) {
        try {
            ColumnValue.of(type, text);
            return true;
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    /** The type that holds both. */
    static FieldType common(@Nullable FieldType one, FieldType other) {
        if (one == null || one == other) {
            return other;
        }
        return isNumber(one) && isNumber(other) ? FieldType.FLOAT : FieldType.STRING;
    }

    private static boolean isNumber(FieldType type) {
        return type == FieldType.INTEGER || type == FieldType.FLOAT;
    }

    /** A header as the name of a column. */
    static String name(String header) {
        String name = header.strip().replaceAll("[^A-Za-z0-9_]", "_");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}
