package dev.sluice.local.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates and times cut to the beginning of a unit. */
final class DateTruncation {

    private DateTruncation() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "DATE_TRUNC", "TIMESTAMP_TRUNC", "DATETIME_TRUNC" -> truncated(arguments, arguments.momentType());
            case "TIME_TRUNC" -> truncatedTime(arguments.require(2));
            default -> null;
        };
    }

    private static Typed truncated(Arguments arguments, Type type) {
        arguments.require(2, type.equals(Type.TIMESTAMP) ? 3 : 2);
        Token unit = arguments.part(1);
        requireKnown(arguments, unit, type);
        Typed value = arguments.to(type, 0);
        if (type.equals(Type.TIMESTAMP)) {
            Zone zone = arguments.zone(2);
            Typed local = zone.local(value);
            if (!zone.isUtc() && DateUnits.MICROS.containsKey(unit.upper()) && !unit.is("DAY")) {
                String rest = "(%2$s - " + cut(unit).replace("%s", "%2$s") + ")";
                return Guards.inRange(Typed.of(type, "(%1$s - " + rest + ")", value, local));
            }
            return Guards.inRange(zone.instant(local.as(Type.DATETIME, cut(unit))));
        }
        Typed truncated = value.as(type, cut(unit));
        return Guards.inRange(type.equals(Type.DATE) ? truncated.as(type, "CAST(%s AS DATE)") : truncated);
    }

    private static void requireKnown(Arguments arguments, Token unit, Type type) {
        boolean known = DateUnits.MONTHS.containsKey(unit.upper())
                || unit.is("DAY")
                || DateUnits.WEEKS.containsKey(unit.upper())
                || unit.is("ISOYEAR")
                || !type.equals(Type.DATE) && DateUnits.MICROS.containsKey(unit.upper());
        if (!known) {
            throw DateUnits.unknown(arguments, unit);
        }
    }

    /** A format of a DATE or DATETIME. */
    static String cut(Token unit) {
        int days = DateUnits.daysToMonday(unit.upper());
        if (unit.is("ISOYEAR")) {
            return "date_trunc('week', CAST(make_date(isoyear(%s), 1, 4) AS TIMESTAMP))";
        }
        if (days > 0) {
            String shift = "to_days(CAST(" + days + " AS INTEGER))";
            return "(date_trunc('week', %s + " + shift + ") - " + shift + ")";
        }
        boolean week = DateUnits.WEEKS.containsKey(unit.upper());
        return "date_trunc('" + (week ? "week" : unit.text().toLowerCase(Locale.ROOT)) + "', %s)";
    }

    private static Typed truncatedTime(Arguments arguments) {
        Token unit = arguments.part(1);
        DateUnits.microsOfTime(arguments, unit);
        return arguments
                .to(Type.TIME, 0)
                .as(
                        Type.TIME,
                        "CAST(date_trunc('" + unit.text().toLowerCase(Locale.ROOT)
                                + "', CAST('2000-01-01' AS DATE) + %s) AS TIME)");
    }
}
