package dev.sluice.local.sql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** EXTRACT, out of a TIMESTAMP in UTC unless a zone is said. */
final class DateParts {

    private static final Map<String, String> DATE_PARTS = Map.of(
            "YEAR", "year(%s)",
            "QUARTER", "quarter(%s)",
            "MONTH", "month(%s)",
            "DAY", "day(%s)",
            "DAYOFYEAR", "dayofyear(%s)",
            "DAYOFWEEK", "(dayofweek(%s) + 1)",
            "WEEK", "((dayofyear(%1$s) - 1 + 7 - dayofweek(%1$s)) // 7)",
            "ISOWEEK", "week(%s)",
            "ISOYEAR", "isoyear(%s)");
    private static final Map<String, String> TIME_PARTS = Map.of(
            "HOUR", "hour(%s)",
            "MINUTE", "minute(%s)",
            "SECOND", "second(%s)",
            "MILLISECOND", "(millisecond(%s) %% 1000)",
            "MICROSECOND", "(microsecond(%s) %% 1000000)");

    private DateParts() {}

    static @Nullable Typed translate(Arguments arguments) {
        return arguments.name().equals("EXTRACT") ? extract(arguments.require(2)) : null;
    }

    private static Typed extract(Arguments arguments) {
        Token part = arguments.part(0);
        Expression.@Nullable Zoned zoned = arguments.zoned(1);
        Typed from = zoned == null
                ? arguments.typed(1)
                : DateFunctions.local(
                        arguments,
                        arguments.translate(zoned.operand()),
                        Zone.of(zoned.zone(), arguments.translate(zoned.zone())));
        boolean both = from.type().equals(Type.TIMESTAMP) || from.type().equals(Type.DATETIME);
        Typed local =
                from.type().equals(Type.TIMESTAMP) ? Zone.utc(arguments.at()).local(from) : from;
        if (part.is("DATE") && both) {
            return Casts.cast(from, Type.DATE, false, part);
        }
        if (part.is("DATETIME") && both) {
            return local;
        }
        return part.is("TIME") && both
                ? Typed.total(Type.TIME, "CAST(%s AS TIME)", local)
                : Typed.total(Type.INT64, format(part, from.type(), both), local);
    }

    private static @Nullable String ofDate(Token part) {
        if (!part.upper().startsWith("WEEK(") || !DateUnits.WEEKS.containsKey(part.upper())) {
            return DATE_PARTS.get(part.upper());
        }
        int shift = DateUnits.daysToMonday(part.upper()) + 6;
        return "((dayofyear(%1$s) + 6 - (dayofweek(%1$s) + " + shift + ") %% 7) // 7)";
    }

    private static String format(Token part, Type type, boolean both) {
        String format = both || type.equals(Type.DATE) ? ofDate(part) : null;
        format = format == null && (both || type.equals(Type.TIME)) ? TIME_PARTS.get(part.upper()) : format;
        if (format == null) {
            throw SqlRefused.unsupported("EXTRACT(%s FROM %s)".formatted(part.upper(), type), part);
        }
        return format;
    }
}
