package dev.sluice.local.sql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dates and times out of others, and parts of them; a zone is UTC unless it is said. */
final class DateFunctions {

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

    private DateFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "EXTRACT" -> extract(arguments.require(2));
            case "CURRENT_TIMESTAMP" -> now(arguments, Type.TIMESTAMP, "now()");
            case "CURRENT_DATE" -> now(arguments, Type.DATE, "CAST(now() AT TIME ZONE 'UTC' AS DATE)");
            case "CURRENT_DATETIME" -> now(arguments, Type.DATETIME, "(now() AT TIME ZONE 'UTC')");
            case "DATE" -> date(arguments.require(1, 3));
            case "TIMESTAMP" -> timestamp(arguments.require(1, 2));
            case "DATETIME" -> datetime(arguments.require(1, 6));
            case "TIME" -> time(arguments.require(1, 3));
            case "LAST_DAY" -> lastDay(arguments.require(1, 2));
            case "UNIX_SECONDS" -> fromEpoch(arguments, 1_000_000L);
            case "UNIX_MILLIS" -> fromEpoch(arguments, 1_000L);
            case "UNIX_MICROS" -> fromEpoch(arguments, 1L);
            case "UNIX_DATE" ->
                arguments.require(1).to(Type.DATE, 0).as(Type.INT64, "(%s - CAST('1970-01-01' AS DATE))");
            case "DATE_FROM_UNIX_DATE" ->
                Guards.inRange(arguments
                        .require(1)
                        .integer(0)
                        .as(Type.DATE, "(CAST('1970-01-01' AS DATE) + CAST(%s AS INTEGER))"));
            case "TIMESTAMP_SECONDS" -> toEpoch(arguments, 1_000_000L);
            case "TIMESTAMP_MILLIS" -> toEpoch(arguments, 1_000L);
            case "TIMESTAMP_MICROS" -> toEpoch(arguments, 1L);
            default -> null;
        };
    }

    private static Typed now(Arguments arguments, Type type, String sql) {
        arguments.require(0);
        return Typed.constant(type, sql);
    }

    /** A TIMESTAMP as the DATETIME that a zone shows. */
    static Typed local(Arguments arguments, Typed value, @Nullable Expression zone) {
        String name = zone == null ? Zones.UTC : Zones.literal(arguments, zone);
        return Coercions.to(Type.TIMESTAMP, value, arguments.at()).as(Type.DATETIME, Zones.local(name, arguments.at()));
    }

    private static Typed date(Arguments arguments) {
        if (arguments.count() == 3) {
            return Guards.inRange(Typed.of(
                    Type.DATE,
                    "make_date(%s, %s, %s)",
                    arguments.integer(0),
                    arguments.integer(1),
                    arguments.integer(2)));
        }
        if (arguments.count() == 2) {
            Typed local = local(arguments, arguments.typed(0), arguments.expression(1));
            return Casts.cast(local, Type.DATE, false, arguments.at());
        }
        return Casts.cast(arguments.typed(0), Type.DATE, false, arguments.at());
    }

    private static Typed timestamp(Arguments arguments) {
        Typed value = arguments.typed(0);
        if (arguments.count() == 1) {
            return Casts.cast(value, Type.TIMESTAMP, false, arguments.at());
        }
        if (value.type().equals(Type.TIMESTAMP)) {
            throw Coercions.mismatch(arguments.at(), value);
        }
        Typed local = Casts.cast(value, Type.DATETIME, false, arguments.at());
        String zone = Zones.literal(arguments, arguments.expression(1));
        return local.as(Type.TIMESTAMP, Zones.instant(zone, arguments.at()));
    }

    private static Typed datetime(Arguments arguments) {
        Typed value = arguments.typed(0);
        if (arguments.count() == 1) {
            return Casts.cast(value, Type.DATETIME, false, arguments.at());
        }
        if (arguments.count() == 2 && value.type().equals(Type.DATE)) {
            return Typed.of(Type.DATETIME, "(%s + %s)", value, arguments.to(Type.TIME, 1));
        }
        if (arguments.count() == 2) {
            return local(arguments, value, arguments.expression(1));
        }
        Typed[] parts = new Typed[6];
        arguments.require(6);
        for (int i = 0; i < 6; i++) {
            parts[i] = arguments.integer(i);
        }
        return Guards.inRange(Typed.of(Type.DATETIME, "make_timestamp(%s, %s, %s, %s, %s, CAST(%s AS DOUBLE))", parts));
    }

    private static Typed time(Arguments arguments) {
        if (arguments.count() == 3) {
            return Typed.of(
                    Type.TIME,
                    "make_time(%s, %s, CAST(%s AS DOUBLE))",
                    arguments.integer(0),
                    arguments.integer(1),
                    arguments.integer(2));
        }
        Typed value = arguments.typed(0);
        boolean moment = value.type().equals(Type.TIMESTAMP);
        Typed local = moment || arguments.count() == 2
                ? local(arguments, value, arguments.count() == 2 ? arguments.expression(1) : null)
                : Coercions.to(Type.DATETIME, value, arguments.at());
        return local.as(Type.TIME, "CAST(%s AS TIME)");
    }

    private static Typed extract(Arguments arguments) {
        Token part = arguments.part(0);
        Expression.@Nullable Zoned zoned = arguments.zoned(1);
        Typed from = zoned == null
                ? arguments.typed(1)
                : local(arguments, arguments.translate(zoned.operand()), zoned.zone());
        Type type = from.type();
        boolean date = type.equals(Type.DATE) || type.equals(Type.TIMESTAMP) || type.equals(Type.DATETIME);
        boolean time = type.equals(Type.TIME) || type.equals(Type.TIMESTAMP) || type.equals(Type.DATETIME);
        String format = date ? DATE_PARTS.get(part.upper()) : null;
        format = format == null && time ? TIME_PARTS.get(part.upper()) : format;
        if (part.is("DATE") && date && !type.equals(Type.DATE)) {
            return Casts.cast(from, Type.DATE, false, part);
        }
        if (part.is("TIME") && date && !type.equals(Type.DATE)) {
            Typed local = type.equals(Type.TIMESTAMP) ? local(arguments, from, null) : from;
            return local.as(Type.TIME, "CAST(%s AS TIME)");
        }
        if (format == null) {
            throw SqlRefused.unsupported("EXTRACT(%s FROM %s)".formatted(part.upper(), type), part);
        }
        return (type.equals(Type.TIMESTAMP) ? local(arguments, from, null) : from).as(Type.INT64, format);
    }

    private static Typed lastDay(Arguments arguments) {
        Typed value = arguments.typed(0);
        Typed date = value.type().equals(Type.DATETIME)
                ? Casts.cast(value, Type.DATE, false, arguments.at())
                : arguments.to(Type.DATE, 0);
        String part = arguments.count() == 1 ? "MONTH" : arguments.part(1).upper();
        return switch (part) {
            case "MONTH" -> date.as(Type.DATE, "last_day(%s)");
            case "QUARTER" -> date.as(Type.DATE, "last_day(CAST(date_trunc('quarter', %s) + to_months(2) AS DATE))");
            case "YEAR" -> date.as(Type.DATE, "make_date(year(%s), 12, 31)");
            default -> throw arguments.unsupported(part);
        };
    }

    private static Typed fromEpoch(Arguments arguments, long micros) {
        Typed value = arguments.require(1).to(Type.TIMESTAMP, 0);
        return micros == 1
                ? value.as(Type.INT64, "epoch_us(%s)")
                : value.as(Type.INT64, "CAST(floor(epoch_us(%s) / CAST(" + micros + " AS BIGINT)) AS BIGINT)");
    }

    private static Typed toEpoch(Arguments arguments, long micros) {
        Typed value = arguments.require(1).integer(0);
        return Guards.inRange(value.as(Type.TIMESTAMP, "make_timestamptz(%s * CAST(" + micros + " AS BIGINT))"));
    }
}
