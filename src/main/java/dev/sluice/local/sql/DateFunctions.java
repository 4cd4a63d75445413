package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.Locale;
import java.util.Map;

/** Functions of dates and times; a zone is always UTC and always said. */
final class DateFunctions {

    private static final Map<String, Long> MICROS = Map.of(
            "MICROSECOND", 1L,
            "MILLISECOND", 1_000L,
            "SECOND", 1_000_000L,
            "MINUTE", 60_000_000L,
            "HOUR", 3_600_000_000L,
            "DAY", 86_400_000_000L);
    private static final Map<String, Integer> DAYS = Map.of("DAY", 1, "WEEK", 7);
    private static final Map<String, Integer> MONTHS = Map.of("MONTH", 1, "QUARTER", 3, "YEAR", 12);
    private static final Map<String, String> DATE_PARTS = Map.of(
            "YEAR", "year(%s)",
            "QUARTER", "quarter(%s)",
            "MONTH", "month(%s)",
            "DAY", "day(%s)",
            "DAYOFYEAR", "dayofyear(%s)",
            "DAYOFWEEK", "(dayofweek(%s) + 1)",
            "ISOWEEK", "week(%s)",
            "ISOYEAR", "isoyear(%s)");
    private static final Map<String, String> TIME_PARTS = Map.of(
            "HOUR", "hour(%s)",
            "MINUTE", "minute(%s)",
            "SECOND", "second(%s)",
            "MILLISECOND", "(millisecond(%s) %% 1000)",
            "MICROSECOND", "(microsecond(%s) %% 1000000)");

    private final ExpressionTranslator expressions;

    DateFunctions(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    Typed translate(Call call) {
        Token name = call.at();
        return switch (name.upper()) {
            case "EXTRACT" -> extract(call);
            case "CURRENT_TIMESTAMP" -> now(call, Type.TIMESTAMP, "now()");
            case "CURRENT_DATE" -> now(call, Type.DATE, "CAST(now() AT TIME ZONE 'UTC' AS DATE)");
            case "DATE", "TIMESTAMP", "DATETIME" -> conversion(call);
            case "DATE_TRUNC", "TIMESTAMP_TRUNC", "DATETIME_TRUNC" -> truncated(call, typeOf(name));
            case "DATE_ADD", "DATE_SUB" -> moved(call);
            case "TIMESTAMP_ADD", "TIMESTAMP_SUB", "DATETIME_ADD", "DATETIME_SUB" -> shifted(call, typeOf(name));
            case "DATE_DIFF" -> days(call);
            case "TIMESTAMP_DIFF" -> difference(call);
            case "UNIX_SECONDS" -> fromEpoch(call, 1_000_000L);
            case "UNIX_MILLIS" -> fromEpoch(call, 1_000L);
            case "UNIX_MICROS" -> fromEpoch(call, 1L);
            case "TIMESTAMP_SECONDS" -> toEpoch(call, 1_000_000L);
            case "TIMESTAMP_MILLIS" -> toEpoch(call, 1_000L);
            case "TIMESTAMP_MICROS" -> toEpoch(call, 1L);
            default ->
                throw new SqlRefused(
                        "invalidQuery",
                        "Function not found: %s at %s; the local BigQuery does not have it"
                                .formatted(name.text(), name.place()));
        };
    }

    private static Type typeOf(Token name) {
        String upper = name.upper();
        return Type.valueOf(upper.substring(0, upper.indexOf('_')));
    }

    private static void require(Call call, int arguments) {
        if (call.arguments().size() != arguments) {
            throw SqlRefused.unsupported(
                    "%s with %d arguments"
                            .formatted(call.at().upper(), call.arguments().size()),
                    call.at());
        }
    }

    private Typed argument(Call call, int index, Type type) {
        return expressions.to(type, call.arguments().get(index));
    }

    private static Token unit(Call call, int index) {
        if (call.arguments().get(index) instanceof Expression.Name name
                && name.parts().size() == 1) {
            return name.at();
        }
        throw SqlRefused.syntax(
                "Expected a date part", call.arguments().get(index).at());
    }

    private static SqlRefused unknown(Call call, Token unit) {
        return SqlRefused.unsupported(
                "%s in %s".formatted(unit.text(), call.at().upper()), unit);
    }

    private static Typed now(Call call, Type type, String sql) {
        require(call, 0);
        return Typed.constant(type, sql);
    }

    private Typed conversion(Call call) {
        Type to = Type.valueOf(call.at().upper());
        boolean parts = to == Type.DATE && call.arguments().size() == 3;
        if (parts) {
            return Guards.inRange(Typed.of(
                    Type.DATE,
                    "make_date(%s, %s, %s)",
                    argument(call, 0, Type.INT64),
                    argument(call, 1, Type.INT64),
                    argument(call, 2, Type.INT64)));
        }
        require(call, 1);
        return Casts.cast(expressions.translate(call.arguments().get(0)), to, false, call.at());
    }

    private Typed extract(Call call) {
        Token part = unit(call, 0);
        Typed from = expressions.translate(call.arguments().get(1));
        Type type = from.type();
        boolean date = type == Type.DATE || type == Type.TIMESTAMP || type == Type.DATETIME;
        boolean time = type == Type.TIME || type == Type.TIMESTAMP || type == Type.DATETIME;
        String format = date ? DATE_PARTS.get(part.upper()) : null;
        format = format == null && time ? TIME_PARTS.get(part.upper()) : format;
        if (part.is("DATE") && date && type != Type.DATE) {
            return Casts.cast(from, Type.DATE, false, part);
        }
        if (format == null) {
            throw SqlRefused.unsupported("EXTRACT(%s FROM %s)".formatted(part.upper(), type), part);
        }
        Typed local = type == Type.TIMESTAMP ? from.as(Type.DATETIME, "(%s AT TIME ZONE 'UTC')") : from;
        return local.as(Type.INT64, format);
    }

    private Typed truncated(Call call, Type type) {
        require(call, 2);
        Token unit = unit(call, 1);
        boolean known = MONTHS.containsKey(unit.upper())
                || unit.is("DAY")
                || unit.is("ISOWEEK")
                || type != Type.DATE && MICROS.containsKey(unit.upper());
        if (!known) {
            throw unknown(call, unit);
        }
        String part = unit.is("ISOWEEK") ? "week" : unit.text().toLowerCase(Locale.ROOT);
        String zone = type == Type.TIMESTAMP ? " AT TIME ZONE 'UTC'" : "";
        Typed value = argument(call, 0, type);
        Typed truncated = value.as(type, "(date_trunc('" + part + "', %s" + zone + ")" + zone + ")");
        return Guards.inRange(type == Type.DATE ? truncated.as(type, "CAST(%s AS DATE)") : truncated);
    }

    private Typed amount(Call call) {
        require(call, 2);
        if (!(call.arguments().get(1) instanceof Expression.Interval interval)) {
            throw SqlRefused.unsupported(call.at().upper() + " without INTERVAL", call.at());
        }
        Typed amount = expressions.to(Type.INT64, interval.amount());
        return call.at().upper().endsWith("_SUB") ? amount.as(Type.INT64, "(-%s)") : amount;
    }

    private Typed moved(Call call) {
        Typed amount = amount(call);
        Token unit = ((Expression.Interval) call.arguments().get(1)).unit();
        Typed date = argument(call, 0, Type.DATE);
        Integer days = DAYS.get(unit.upper());
        if (days != null) {
            return Guards.inRange(Typed.of(Type.DATE, "(%s + CAST(%s * " + days + " AS INTEGER))", date, amount));
        }
        Integer months = MONTHS.get(unit.upper());
        if (months == null) {
            throw unknown(call, unit);
        }
        String format = "CAST(%s + to_months(CAST(%s * " + months + " AS INTEGER)) AS DATE)";
        return Guards.inRange(Typed.of(Type.DATE, format, date, amount));
    }

    private Typed shifted(Call call, Type type) {
        Typed amount = amount(call);
        Token unit = ((Expression.Interval) call.arguments().get(1)).unit();
        Long micros = MICROS.get(unit.upper());
        if (micros == null) {
            throw unknown(call, unit);
        }
        String format = "(%s + to_microseconds(%s * CAST(" + micros + " AS BIGINT)))";
        return Guards.inRange(Typed.of(type, format, argument(call, 0, type), amount));
    }

    private Typed days(Call call) {
        require(call, 3);
        if (!unit(call, 2).is("DAY")) {
            throw unknown(call, unit(call, 2));
        }
        return Typed.of(Type.INT64, "(%s - %s)", argument(call, 0, Type.DATE), argument(call, 1, Type.DATE));
    }

    /** Whole units, not boundaries between them. */
    private Typed difference(Call call) {
        require(call, 3);
        Token unit = unit(call, 2);
        Long micros = MICROS.get(unit.upper());
        if (micros == null) {
            throw unknown(call, unit);
        }
        String format = "((epoch_us(%s) - epoch_us(%s)) // CAST(" + micros + " AS BIGINT))";
        return Typed.of(Type.INT64, format, argument(call, 0, Type.TIMESTAMP), argument(call, 1, Type.TIMESTAMP));
    }

    private Typed fromEpoch(Call call, long micros) {
        require(call, 1);
        Typed value = argument(call, 0, Type.TIMESTAMP);
        return micros == 1
                ? value.as(Type.INT64, "epoch_us(%s)")
                : value.as(Type.INT64, "CAST(floor(epoch_us(%s) / CAST(" + micros + " AS BIGINT)) AS BIGINT)");
    }

    private Typed toEpoch(Call call, long micros) {
        require(call, 1);
        Typed value = argument(call, 0, Type.INT64);
        return Guards.inRange(value.as(Type.TIMESTAMP, "make_timestamptz(%s * CAST(" + micros + " AS BIGINT))"));
    }
}
