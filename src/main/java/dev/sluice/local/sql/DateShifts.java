package dev.sluice.local.sql;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dates and times moved by an interval. */
final class DateShifts {

    private static final Map<String, Integer> DAYS = Map.of("DAY", 1, "WEEK", 7);

    private DateShifts() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "DATE_ADD", "DATE_SUB", "TIMESTAMP_ADD", "TIMESTAMP_SUB", "DATETIME_ADD", "DATETIME_SUB" -> {
                Type type = arguments.require(2).momentType();
                yield type.equals(Type.DATE) ? movedDate(arguments) : shifted(arguments, type);
            }
            case "TIME_ADD", "TIME_SUB" -> shiftedTime(arguments);
            default -> null;
        };
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
        return movedByDays(arguments, arguments.to(Type.DATE, 0), unit)
                .orElseThrow(() -> DateUnits.unknown(arguments, unit));
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
        Integer months = DateUnits.MONTHS.get(unit.upper());
        if (months == null) {
            return Optional.empty();
        }
        String format = "CAST(%s + to_months(CAST(%s * " + months + " AS INTEGER)) AS " + type.duckDb() + ")";
        return Optional.of(Guards.inRange(Typed.of(type, format, value, amount)));
    }

    private static Typed shifted(Arguments arguments, Type type) {
        Token unit = interval(arguments).unit();
        Typed value = arguments.to(type, 0);
        Long micros = DateUnits.MICROS.get(unit.upper());
        if (micros == null) {
            return (type.equals(Type.DATETIME) ? movedByDays(arguments, value, unit) : Optional.<Typed>empty())
                    .orElseThrow(() -> DateUnits.unknown(arguments, unit));
        }
        String format = "(%s + to_microseconds(%s * CAST(" + micros + " AS BIGINT)))";
        return Guards.inRange(Typed.of(type, format, value, amount(arguments)));
    }

    /** Around midnight. */
    private static Typed shiftedTime(Arguments arguments) {
        Token unit = interval(arguments).unit();
        long micros = DateUnits.microsOfTime(arguments, unit);
        String format = "CAST(CAST('2000-01-01' AS DATE) + %s + to_microseconds((%s * CAST(" + micros
                + " AS BIGINT)) %% 86400000000) AS TIME)";
        return Typed.of(Type.TIME, format, arguments.to(Type.TIME, 0), amount(arguments));
    }
}
