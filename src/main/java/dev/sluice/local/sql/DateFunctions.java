package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Dates and times out of others; a zone is UTC unless it is said. */
final class DateFunctions {

    private DateFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "CURRENT_TIMESTAMP" -> {
                arguments.require(0);
                yield Typed.constant(Type.TIMESTAMP, "now()");
            }
            case "CURRENT_DATE" -> now(arguments, Type.DATE);
            case "CURRENT_DATETIME" -> now(arguments, Type.DATETIME);
            case "CURRENT_TIME" -> now(arguments, Type.TIME);
            case "DATE" -> date(arguments.require(1, 3));
            case "TIMESTAMP" -> timestamp(arguments.require(1, 2));
            case "DATETIME" -> datetime(arguments.require(1, 6));
            case "TIME" -> time(arguments.require(1, 3));
            case "LAST_DAY" -> lastDay(arguments.require(1, 2));
            default -> null;
        };
    }

    private static Typed now(Arguments arguments, Type type) {
        Typed local = arguments.require(0, 1).zone(0).local(Typed.constant(Type.TIMESTAMP, "now()"));
        return type.equals(Type.DATETIME) ? local : Typed.total(type, "CAST(%s AS " + type.duckDb() + ")", local);
    }

    /** A TIMESTAMP as the DATETIME that a zone shows. */
    static Typed local(Arguments arguments, Typed value, Zone zone) {
        return zone.local(Coercions.to(Type.TIMESTAMP, value, arguments.at()));
    }

    /** What a zone shows may be in a year before 1 or after 9999. */
    private static Typed shown(Arguments arguments) {
        Zone zone = arguments.zone(1);
        Typed local = local(arguments, arguments.typed(0), zone);
        return zone.isUtc() ? local : Guards.inRange(local);
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
            Typed local = shown(arguments);
            return Casts.cast(local, Type.DATE, false, arguments.at());
        }
        Typed value = arguments.typed(0);
        return value.type().equals(Type.STRING)
                ? Casts.dateOfMoment(value)
                : Casts.cast(value, Type.DATE, false, arguments.at());
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
        return Guards.inRange(arguments.zone(1).instant(local));
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
            return shown(arguments);
        }
        Typed[] parts = new Typed[6];
        arguments.require(6);
        for (int i = 0; i < 6; i++) {
            parts[i] = arguments.integer(i);
        }
        parts[3] = hour(parts[3]);
        return Guards.inRange(Typed.of(Type.DATETIME, "make_timestamp(%s, %s, %s, %s, %s, CAST(%s AS DOUBLE))", parts));
    }

    /** DuckDB has an hour more. */
    private static Typed hour(Typed hour) {
        String error = Guards.error("Input calculates to invalid time: 24:00:00", Type.INT64);
        return hour.as(Type.INT64, "CASE WHEN %1$s = 24 THEN " + error + " ELSE %1$s END");
    }

    private static Typed time(Arguments arguments) {
        if (arguments.count() == 3) {
            return Typed.of(
                    Type.TIME,
                    "CAST(make_timestamp(1970, 1, 1, %s, %s, CAST(%s AS DOUBLE)) AS TIME)",
                    hour(arguments.integer(0)),
                    arguments.integer(1),
                    arguments.integer(2));
        }
        Typed value = arguments.typed(0);
        if (value.type().equals(Type.TIME) && arguments.count() == 1) {
            return value;
        }
        boolean moment = value.type().equals(Type.TIMESTAMP) || value.text() != null;
        Typed local = moment || arguments.count() == 2
                ? local(arguments, value, arguments.zone(1))
                : Coercions.to(Type.DATETIME, value, arguments.at());
        return Typed.total(Type.TIME, "CAST(%s AS TIME)", local);
    }

    private static Typed lastDay(Arguments arguments) {
        Typed value = arguments.typed(0);
        String part = arguments.count() == 1 ? "MONTH" : arguments.part(1).upper();
        Typed date = value.type().equals(Type.DATETIME)
                ? Casts.cast(value, Type.DATE, false, arguments.at())
                : arguments.to(Type.DATE, 0);
        if (DateUnits.WEEKS.containsKey(part)) {
            return Guards.inRange(
                    date.as(Type.DATE, "(CAST(" + DateTruncation.cut(arguments.part(1)) + " AS DATE) + 6)"));
        }
        return switch (part) {
            case "MONTH" -> date.as(Type.DATE, "last_day(%s)");
            case "QUARTER" -> date.as(Type.DATE, "last_day(CAST(date_trunc('quarter', %s) + to_months(2) AS DATE))");
            case "ISOYEAR" ->
                date.as(
                        Type.DATE,
                        "(CAST(date_trunc('week', CAST(make_date(isoyear(%s) + 1, 1, 4) AS TIMESTAMP)) AS DATE) - 1)");
            case "YEAR" -> date.as(Type.DATE, "make_date(year(%s), 12, 31)");
            default -> throw arguments.unsupported(part);
        };
    }
}
