package dev.sluice.local.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dates and times moved, cut and subtracted. */
final class DateArithmetic {

    private static final Map<String, Long> MICROS = Map.of(
            "MICROSECOND", 1L,
            "MILLISECOND", 1_000L,
            "SECOND", 1_000_000L,
            "MINUTE", 60_000_000L,
            "HOUR", 3_600_000_000L,
            "DAY", 86_400_000_000L);
    private static final Map<String, Integer> DAYS = Map.of("DAY", 1, "WEEK", 7);
    private static final Map<String, Integer> MONTHS = Map.of("MONTH", 1, "QUARTER", 3, "YEAR", 12);
    private static final Map<String, Integer> WEEKS = Map.of("WEEK", 4, "ISOWEEK", 3);

    private DateArithmetic() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "DATE_TRUNC", "TIMESTAMP_TRUNC", "DATETIME_TRUNC" -> truncated(arguments, typeOf(arguments));
            case "TIME_TRUNC" -> truncatedTime(arguments.require(2));
            case "DATE_ADD", "DATE_SUB" -> movedDate(arguments);
            case "TIMESTAMP_ADD", "TIMESTAMP_SUB", "DATETIME_ADD", "DATETIME_SUB" ->
                shifted(arguments, typeOf(arguments));
            case "TIME_ADD", "TIME_SUB" -> shiftedTime(arguments);
            case "DATE_DIFF" -> dateDifference(arguments.require(3));
            case "TIMESTAMP_DIFF" -> difference(arguments.require(3), Type.TIMESTAMP, true);
            case "DATETIME_DIFF" -> datetimeDifference(arguments.require(3));
            case "TIME_DIFF" -> timeDifference(arguments.require(3));
            default -> null;
        };
    }

    private static Type typeOf(Arguments arguments) {
        String name = arguments.name();
        return Type.named(name.substring(0, name.indexOf('_'))).orElseThrow();
    }

    private static SqlRefused unknown(Arguments arguments, Token unit) {
        return SqlRefused.unsupported("%s in %s".formatted(unit.text(), arguments.name()), unit);
    }

    private static Typed truncated(Arguments arguments, Type type) {
        arguments.require(2, type.equals(Type.TIMESTAMP) ? 3 : 2);
        Token unit = arguments.part(1);
        boolean known = MONTHS.containsKey(unit.upper())
                || unit.is("DAY")
                || WEEKS.containsKey(unit.upper())
                || unit.is("ISOYEAR")
                || !type.equals(Type.DATE) && MICROS.containsKey(unit.upper());
        if (!known) {
            throw unknown(arguments, unit);
        }
        String cut = cut(unit);
        Typed value = arguments.to(type, 0);
        if (type.equals(Type.TIMESTAMP)) {
            String zone = arguments.count() == 3 ? Zones.literal(arguments, arguments.expression(2)) : Zones.UTC;
            Typed local = value.as(Type.DATETIME, Zones.local(zone, arguments.at()));
            return Guards.inRange(local.as(Type.DATETIME, cut).as(type, Zones.instant(zone, arguments.at())));
        }
        Typed truncated = value.as(type, cut);
        return Guards.inRange(type.equals(Type.DATE) ? truncated.as(type, "CAST(%s AS DATE)") : truncated);
    }

    private static String cut(Token unit) {
        return switch (unit.upper()) {
            case "ISOWEEK" -> "date_trunc('week', %s)";
            case "ISOYEAR" -> "date_trunc('week', CAST(make_date(isoyear(%s), 1, 4) AS TIMESTAMP))";
            case "WEEK" -> "(date_trunc('week', %s + to_days(CAST(1 AS INTEGER))) - to_days(CAST(1 AS INTEGER)))";
            default -> "date_trunc('" + unit.text().toLowerCase(Locale.ROOT) + "', %s)";
        };
    }

    private static Typed truncatedTime(Arguments arguments) {
        Token unit = arguments.part(1);
        if (!MICROS.containsKey(unit.upper()) || unit.is("DAY")) {
            throw unknown(arguments, unit);
        }
        return arguments
                .to(Type.TIME, 0)
                .as(
                        Type.TIME,
                        "CAST(date_trunc('" + unit.text().toLowerCase(Locale.ROOT)
                                + "', CAST('2000-01-01' AS DATE) + %s) AS TIME)");
    }

    private static Expression.Interval interval(Arguments arguments) {
        arguments.require(2);
        if (arguments.expression(1) instanceof Expression.Interval interval) {
            return interval;
        }
        throw SqlRefused.unsupported(arguments.name() + " without INTERVAL", arguments.at());
    }

    private static Typed amount(Arguments arguments) {
        Typed amount =
                Coercions.to(Type.INT64, arguments.translate(interval(arguments).amount()), arguments.at());
        return arguments.name().endsWith("_SUB") ? amount.as(Type.INT64, "(-%s)") : amount;
    }

    private static Typed movedDate(Arguments arguments) {
        Token unit = interval(arguments).unit();
        return movedByDays(arguments, arguments.to(Type.DATE, 0), unit).orElseThrow(() -> unknown(arguments, unit));
    }

    private static Optional<Typed> movedByDays(Arguments arguments, Typed value, Token unit) {
        Typed amount = amount(arguments);
        Type type = value.type();
        Integer days = DAYS.get(unit.upper());
        if (days != null) {
            String format = type.equals(Type.DATE)
                    ? "(%s + CAST(%s * " + days + " AS INTEGER))"
                    : "(%s + to_days(CAST(%s * " + days + " AS INTEGER)))";
            return Optional.of(Guards.inRange(Typed.of(type, format, value, amount)));
        }
        Integer months = MONTHS.get(unit.upper());
        if (months == null) {
            return Optional.empty();
        }
        String format = "CAST(%s + to_months(CAST(%s * " + months + " AS INTEGER)) AS " + type.duckDb() + ")";
        return Optional.of(Guards.inRange(Typed.of(type, format, value, amount)));
    }

    private static Typed shifted(Arguments arguments, Type type) {
        Token unit = interval(arguments).unit();
        Typed value = arguments.to(type, 0);
        Long micros = MICROS.get(unit.upper());
        if (micros == null) {
            return (type.equals(Type.DATETIME) ? movedByDays(arguments, value, unit) : Optional.<Typed>empty())
                    .orElseThrow(() -> unknown(arguments, unit));
        }
        String format = "(%s + to_microseconds(%s * CAST(" + micros + " AS BIGINT)))";
        return Guards.inRange(Typed.of(type, format, value, amount(arguments)));
    }

    /** Around midnight. */
    private static Typed shiftedTime(Arguments arguments) {
        Token unit = interval(arguments).unit();
        Long micros = MICROS.get(unit.upper());
        if (micros == null || unit.is("DAY")) {
            throw unknown(arguments, unit);
        }
        String format = "CAST(CAST('2000-01-01' AS DATE) + %s + to_microseconds((%s * CAST(" + micros
                + " AS BIGINT)) %% 86400000000) AS TIME)";
        return Typed.of(Type.TIME, format, arguments.to(Type.TIME, 0), amount(arguments));
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
        Integer shift = WEEKS.get(unit.upper());
        if (shift != null) {
            String week = "CAST(floor((%s - CAST('1970-01-01' AS DATE) + " + shift + ") / 7) AS BIGINT)";
            return Typed.of(Type.INT64, "(%s - %s)", later.as(Type.INT64, week), earlier.as(Type.INT64, week));
        }
        if (!MONTHS.containsKey(unit.upper())) {
            throw unknown(arguments, unit);
        }
        String part = unit.text().toLowerCase(Locale.ROOT);
        return Typed.of(Type.INT64, "date_diff('" + part + "', %2$s, %1$s)", later, earlier);
    }

    private static Typed datetimeDifference(Arguments arguments) {
        Token unit = arguments.part(2);
        if (MICROS.containsKey(unit.upper()) && !unit.is("DAY")) {
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
        Long micros = MICROS.get(unit.upper());
        if (micros == null) {
            throw unknown(arguments, unit);
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
        Long micros = MICROS.get(unit.upper());
        if (micros == null || unit.is("DAY")) {
            throw unknown(arguments, unit);
        }
        String size = "CAST(" + micros + " AS BIGINT)";
        String units =
                "((epoch_us(CAST('2000-01-01' AS DATE) + %1$s) - epoch_us(CAST('2000-01-01' AS DATE) + %2$s)) // "
                        + size + ")";
        if (micros != 1) {
            throw unknown(arguments, unit);
        }
        return Typed.of(Type.INT64, units, arguments.to(Type.TIME, 0), arguments.to(Type.TIME, 1));
    }
}
