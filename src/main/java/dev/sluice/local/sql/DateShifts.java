package dev.sluice.local.sql;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dates and times moved by an interval. */
final class DateShifts {

    private static final Map<String, Integer> DAYS = Map.of("DAY", 1, "WEEK", 7);

    /** In all years that there are. */
    private static final long MOST_DAYS = 10_000 * 366;

    /** In digits. */
    private static final int SHORT = 5;

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

    private static Typed amount(Arguments arguments, long most) {
        Typed amount =
                Coercions.to(Type.INT64, arguments.translate(interval(arguments).amount()), arguments.at());
        Typed cut = Folding.isLiteral(amount) && amount.sql().length() <= SHORT ? amount : cut(amount, most);
        return arguments.name().endsWith("_SUB") ? cut.as(Type.INT64, "(-%s)") : cut;
    }

    /** What is more leads out of all years anyway, and no number must overflow if there is no date that is moved. */
    private static Typed cut(Typed amount, long most) {
        String limits = "least(greatest(%1$s, CAST(-" + most + " AS BIGINT)), CAST(" + most + " AS BIGINT))";
        return amount.as(Type.INT64, "(" + limits + " + 0 * %1$s)"); // NULL stays NULL
    }

    private static Typed movedDate(Arguments arguments) {
        Token unit = interval(arguments).unit();
        return movedByDays(arguments, arguments.to(Type.DATE, 0), unit)
                .orElseThrow(() -> DateUnits.unknown(arguments, unit));
    }

    private static Optional<Typed> movedByDays(Arguments arguments, Typed value, Token unit) {
        Typed amount = amount(arguments, MOST_DAYS);
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
        return Guards.inRange(
                Typed.of(type, format, value, amount(arguments, MOST_DAYS * DateUnits.MICROS_OF_DAY / micros)));
    }

    /** Around midnight. */
    private static Typed shiftedTime(Arguments arguments) {
        Token unit = interval(arguments).unit();
        long micros = DateUnits.microsOfTime(arguments, unit);
        String format = "CAST(CAST('2000-01-01' AS DATE) + %s + to_microseconds((%s %% "
                + DateUnits.MICROS_OF_DAY / micros + ") * CAST(" + micros + " AS BIGINT)) AS TIME)";
        return Typed.of(Type.TIME, format, arguments.to(Type.TIME, 0), amount(arguments, Long.MAX_VALUE));
    }
}
