package dev.sluice.local.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far apart two dates or times are. */
final class DateDifferences {

    private DateDifferences() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "DATE_DIFF", "TIMESTAMP_DIFF", "DATETIME_DIFF" -> difference(arguments.require(3));
            case "TIME_DIFF" -> ofTimes(arguments.require(3));
            default -> null;
        };
    }

    private static Typed difference(Arguments arguments) {
        Type type = arguments.momentType();
        Token unit = arguments.part(2);
        Long micros = DateUnits.MICROS.get(unit.upper());
        if (type.equals(Type.TIMESTAMP)) {
            if (micros == null) {
                throw DateUnits.unknown(arguments, unit);
            }
            String whole = "((epoch_us(%1$s) - epoch_us(%2$s)) // CAST(" + micros + " AS BIGINT))";
            return Typed.of(Type.INT64, whole, arguments.to(type, 0), arguments.to(type, 1));
        }
        Typed later = arguments.to(type, 0);
        Typed earlier = arguments.to(type, 1);
        if (type.equals(Type.DATE)) {
            return boundaries(arguments, unit, later, earlier);
        }
        if (micros != null && !unit.is("DAY")) {
            return Typed.of(Type.INT64, crossed("epoch_us(%1$s)", "epoch_us(%2$s)", micros), later, earlier);
        }
        String date = "CAST(%s AS DATE)";
        return boundaries(arguments, unit, later.as(Type.DATE, date), earlier.as(Type.DATE, date));
    }

    /** Boundaries between the two, not whole units. */
    private static Typed boundaries(Arguments arguments, Token unit, Typed later, Typed earlier) {
        if (unit.is("DAY")) {
            return Typed.of(Type.INT64, "(%s - %s)", later, earlier);
        }
        Integer shift = DateUnits.WEEKS.get(unit.upper());
        if (shift != null) {
            String week = "CAST(" + DateUnits.floored("(%1$s - CAST('1970-01-01' AS DATE) + " + shift + ")", 7)
                    + " AS BIGINT)";
            return Typed.of(Type.INT64, "(%s - %s)", later.as(Type.INT64, week), earlier.as(Type.INT64, week));
        }
        if (unit.is("ISOYEAR")) {
            return Typed.of(Type.INT64, "(isoyear(%s) - isoyear(%s))", later, earlier);
        }
        if (!DateUnits.MONTHS.containsKey(unit.upper())) {
            throw DateUnits.unknown(arguments, unit);
        }
        String part = unit.text().toLowerCase(Locale.ROOT);
        return Typed.of(Type.INT64, "date_diff('" + part + "', %2$s, %1$s)", later, earlier);
    }

    private static String crossed(String later, String earlier, long micros) {
        return "(" + DateUnits.floored(later, micros) + " - " + DateUnits.floored(earlier, micros) + ")";
    }

    private static Typed ofTimes(Arguments arguments) {
        long micros = DateUnits.microsOfTime(arguments, arguments.part(2));
        String since = "epoch_us(CAST('2000-01-01' AS DATE) + %";
        String format = crossed(since + "1$s)", since + "2$s)", micros);
        return Typed.of(Type.INT64, format, arguments.to(Type.TIME, 0), arguments.to(Type.TIME, 1));
    }
}
