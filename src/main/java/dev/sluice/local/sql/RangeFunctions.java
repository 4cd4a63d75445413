package dev.sluice.local.sql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Arrays of dates and times, parts of arrays, and places in arrays. */
final class RangeFunctions {

    private static final int MOST_GENERATED = 1 << 20;

    private RangeFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "GENERATE_DATE_ARRAY" -> dates(arguments.require(2, 3));
            case "GENERATE_TIMESTAMP_ARRAY" -> timestamps(arguments.require(3));
            case "RANGE_BUCKET" -> bucket(arguments.require(2));
            case "ARRAY_SLICE" -> slice(arguments.require(3));
            default -> null;
        };
    }

    /** An element is the one before it, moved by the step. */
    private static Typed dates(Arguments arguments) {
        Token unit = arguments.count() == 2
                ? arguments.at().quoted("DAY")
                : interval(arguments).unit();
        Typed step = arguments.count() == 2 ? Typed.constant(Type.INT64, "CAST(1 AS BIGINT)") : amount(arguments);
        String name = arguments.count() == 2 ? "day" : unit.text().toLowerCase(Locale.ROOT);
        if (!List.of("day", "week", "month", "quarter", "year").contains(name)) {
            throw DateUnits.unknown(arguments, unit);
        }
        return Typed.of(
                Type.array(Type.DATE),
                "CAST(bq_dates(CAST(%s AS VARCHAR) || ' ' || CAST(%s AS VARCHAR) || ' " + name + "', %s) AS DATE[])",
                arguments.to(Type.DATE, 0),
                arguments.to(Type.DATE, 1),
                step);
    }

    private static Expression.Interval interval(Arguments arguments) {
        if (arguments.expression(2) instanceof Expression.Interval interval) {
            return interval;
        }
        throw SqlRefused.unsupported(arguments.name() + " without INTERVAL", arguments.at());
    }

    private static Typed amount(Arguments arguments) {
        return Coercions.to(Type.INT64, arguments.translate(interval(arguments).amount()), arguments.at());
    }

    private static Typed timestamps(Arguments arguments) {
        Token unit = interval(arguments).unit();
        Long micros = DateUnits.MICROS.get(unit.upper());
        if (micros == null) {
            throw DateUnits.unknown(arguments, unit);
        }
        Type type = Type.array(Type.TIMESTAMP);
        Typed step = amount(arguments).as(Type.INT64, "(%s * CAST(" + micros + " AS BIGINT))");
        String count = "((epoch_us(%2$s) - epoch_us(%1$s)) // %3$s)";
        String series = "CASE WHEN greatest(%1$s IS NULL, %2$s IS NULL, %3$s IS NULL) THEN NULL WHEN %3$s = 0 THEN "
                + Guards.error("Sequence step cannot be 0.", type) + " WHEN " + count + " >= " + MOST_GENERATED
                + " THEN " + Guards.error("GENERATE_TIMESTAMP_ARRAY produced too many elements", type)
                + " WHEN (epoch_us(%2$s) - epoch_us(%1$s)) * sign(%3$s) < 0 THEN [] ELSE list_transform(generate_series("
                + "0, least(" + count + ", " + MOST_GENERATED
                + ")), lambda _sluice_each: make_timestamptz(epoch_us(%1$s) + _sluice_each * %3$s)) END";
        return Typed.of(type, series, arguments.to(Type.TIMESTAMP, 0), arguments.to(Type.TIMESTAMP, 1), step);
    }

    /** How many bounds are not above the point. */
    private static Typed bucket(Arguments arguments) {
        Typed point = arguments.typed(0);
        Typed bounds = arguments.array(1);
        Type type = Coercions.common(
                arguments.at(), List.of(point, Typed.constant(bounds.type().element(), "NULL")));
        if (!type.isComparable()) {
            throw arguments.unsupported(type.toString());
        }
        String unordered =
                Guards.error("Elements in input array to RANGE_BUCKET must be in ascending order", Type.INT64);
        String nan = type.equals(Type.FLOAT64) ? " OR isnan(%1$s)" : "";
        return Typed.of(
                Type.INT64,
                "CASE WHEN %1$s IS NULL OR %2$s IS NULL" + nan + " THEN NULL WHEN list_count(%2$s) < len(%2$s)"
                        + " OR list_sort(%2$s) <> %2$s THEN " + unordered
                        + " ELSE len(list_filter(%2$s, lambda _sluice_each: _sluice_each <= %1$s)) END",
                Coercions.to(type, point, arguments.at()),
                Coercions.to(Type.array(type), bounds, arguments.at()));
    }

    /** Places count from 0, from behind if they are negative. */
    private static Typed slice(Arguments arguments) {
        Typed array = arguments.array(0);
        String from = "CASE WHEN %2$s < 0 THEN greatest(len(%1$s) + %2$s, 0) ELSE %2$s END + 1";
        String to = "CASE WHEN %3$s < 0 THEN len(%1$s) + %3$s ELSE %3$s END + 1";
        return Typed.of(
                array.type(),
                "CASE WHEN %1$s IS NULL OR %2$s IS NULL OR %3$s IS NULL THEN NULL WHEN " + from + " > " + to + " OR "
                        + to + " < 1 THEN [] ELSE list_slice(%1$s, " + from + ", " + to + ") END",
                array,
                arguments.integer(1),
                arguments.integer(2));
    }
}
