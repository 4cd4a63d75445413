package dev.sluice.local.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far apart two dates or times are. */
final class DateDifferences {

    private DateDifferences() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "DATE_DIFF" -> dateDifference(arguments.require(3));
            case "TIMESTAMP_DIFF" -> difference(arguments.require(3), Type.TIMESTAMP, true);
            case "DATETIME_DIFF" -> datetimeDifference(arguments.require(3));
            case "TIME_DIFF" -> timeDifference(arguments.require(3));
            default -> null;
        };
    }

    /** Boundaries between the two, not whole units. */
    private static Typed dateDifference(Arguments arguments) {
        Token unit = arguments.part(2);
        return boundaries(arguments, unit, arguments.to(Type.DATE, 0), arguments.to(Type.DATE, 1));
    }

    private static Typed boundaries(Arguments arguments, Token unit, Typed later, Typed earlier) {
        if (unit.is("DAY")) {
            return Typed.of(Type.INT64, "(%s - %s)", later, earlier);
        }
        Integer shift = DateUnits.WEEKS.get(unit.upper());
        if (shift != null) {
            String week = "CAST(floor((%s - CAST('1970-01-01' AS DATE) + " + shift + ") / 7) AS BIGINT)";
            return Typed.of(Type.INT64, "(%s - %s)", later.as(Type.INT64, week), earlier.as(Type.INT64, week));
        }
        if (!DateUnits.MONTHS.containsKey(unit.upper())) {
            throw DateUnits.unknown(arguments, unit);
        }
        String part = unit.text().toLowerCase(Locale.ROOT);
        return Typed.of(Type.INT64, "date_diff('" + part + "', %2$s, %1$s)", later, earlier);
    }

    private static Typed datetimeDifference(Arguments arguments) {
        Token unit = arguments.part(2);
        if (DateUnits.MICROS.containsKey(unit.upper()) && !unit.is("DAY")) {
            return difference(arguments, Type.DATETIME, false);
        }
        String date = "CAST(%s AS DATE)";
        return boundaries(
                arguments,
                unit,
                arguments.to(Type.DATETIME, 0).as(Type.DATE, date),
                arguments.to(Type.DATETIME, 1).as(Type.DATE, date));
    }

    /** @param whole whether whole units count; otherwise an answer is given only where boundaries give the same */
    private static Typed difference(Arguments arguments, Type type, boolean whole) {
        Token unit = arguments.part(2);
        Long micros = DateUnits.MICROS.get(unit.upper());
        if (micros == null) {
            throw DateUnits.unknown(arguments, unit);
        }
        String size = "CAST(" + micros + " AS BIGINT)";
        String units = "((epoch_us(%1$s) - epoch_us(%2$s)) // " + size + ")";
        String crossed = "(CAST(floor(epoch_us(%1$s) / " + size + ") AS BIGINT) - CAST(floor(epoch_us(%2$s) / " + size
                + ") AS BIGINT))";
        String format = whole || micros == 1
                ? units
                : "CASE WHEN %1$s IS NULL OR %2$s IS NULL OR " + units + " = " + crossed + " THEN " + units + " ELSE "
                        + Guards.unknown("The local BigQuery does not know this " + arguments.name()) + " END";
        return Typed.of(Type.INT64, format, arguments.to(type, 0), arguments.to(type, 1));
    }

    private static Typed timeDifference(Arguments arguments) {
        Token unit = arguments.part(2);
        long micros = DateUnits.microsOfTime(arguments, unit);
        if (micros != 1) {
            throw DateUnits.unknown(arguments, unit);
        }
        String units = "((epoch_us(CAST('2000-01-01' AS DATE) + %1$s) - epoch_us(CAST('2000-01-01' AS DATE) + %2$s))"
                + " // CAST(1 AS BIGINT))";
        return Typed.of(Type.INT64, units, arguments.to(Type.TIME, 0), arguments.to(Type.TIME, 1));
    }
}
