package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Dates and times cut to the beginning of a bucket; buckets follow one another in both directions from an origin. */
final class DateBuckets {

    private static final String ORIGIN = "1950-01-01";

    private static final int DAYS_OF_WEEK = 7;

    /** Rounded down: how many widths %3$s the difference is. */
    private static final String WHOLE = "(@ // %3$s - CASE WHEN @ %% %3$s < 0 THEN 1 ELSE 0 END)";

    private final Arguments arguments;
    private final Type type;
    private final Expression.Interval interval;

    private DateBuckets(Arguments arguments) {
        this.arguments = arguments;
        this.type = arguments.momentType();
        if (!(arguments.expression(1) instanceof Expression.Interval interval)) {
            throw SqlRefused.unsupported(arguments.name() + " without INTERVAL", arguments.at());
        }
        this.interval = interval;
    }

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "DATE_BUCKET", "DATETIME_BUCKET", "TIMESTAMP_BUCKET" ->
                new DateBuckets(arguments.require(2, 3)).translate();
            default -> null;
        };
    }

    private Typed translate() {
        Typed moment = arguments.to(type, 0);
        Typed origin = arguments.count() == 3 ? arguments.to(type, 2) : Literals.of(type, ORIGIN, arguments.at());
        Integer months = DateUnits.MONTHS.get(interval.unit().upper());
        if (months != null && !type.equals(Type.TIMESTAMP)) {
            return byMonths(moment, origin, width(months));
        }
        Long micros = interval.unit().is("WEEK")
                ? Long.valueOf(DAYS_OF_WEEK * DateUnits.MICROS_OF_DAY)
                : DateUnits.MICROS.get(interval.unit().upper());
        if (micros == null || type.equals(Type.DATE) && micros < DateUnits.MICROS_OF_DAY) {
            throw DateUnits.unknown(arguments, interval.unit());
        }
        return type.equals(Type.DATE)
                ? byDays(moment, origin, width(micros / DateUnits.MICROS_OF_DAY))
                : byMicros(moment, origin, width(micros));
    }

    private Typed width(long unit) {
        Typed amount = Coercions.to(Type.INT64, arguments.translate(interval.amount()), arguments.at());
        String wrong = Guards.error("The width of a bucket must be positive", Type.INT64);
        return amount.as(
                Type.INT64, "CASE WHEN %1$s <= 0 THEN " + wrong + " ELSE %1$s * CAST(" + unit + " AS BIGINT) END");
    }

    private static Typed byDays(Typed date, Typed origin, Typed width) {
        String whole = WHOLE.replace("@", "(%1$s - %2$s)");
        return Guards.inRange(
                Typed.of(Type.DATE, "(%2$s + CAST(" + whole + " * %3$s AS INTEGER))", date, origin, width));
    }

    private Typed byMicros(Typed moment, Typed origin, Typed width) {
        String whole = WHOLE.replace("@", "(epoch_us(%1$s) - epoch_us(%2$s))");
        String make = type.equals(Type.TIMESTAMP) ? "make_timestamptz" : "make_timestamp";
        return Guards.inRange(Typed.of(type, make + "(epoch_us(%2$s) + " + whole + " * %3$s)", moment, origin, width));
    }

    /** A month is over on the origin's day and time of day, or on its last day if the origin is a last day, too. */
    private Typed byMonths(Typed moment, Typed origin, Typed width) {
        String last = "(CAST(%1$s AS DATE) = last_day(%1$s) AND CAST(%2$s AS DATE) = last_day(%2$s))";
        String beginning = "CAST(date_trunc('month', @) AS " + type.duckDb() + ")";
        String over = "CASE WHEN " + last + " THEN (%1$s - last_day(%1$s)) >= (%2$s - last_day(%2$s)) ELSE (%1$s - "
                + beginning.replace("@", "%1$s") + ") >= (%2$s - " + beginning.replace("@", "%2$s") + ") END";
        String between = "((year(%1$s) - year(%2$s)) * 12 + month(%1$s) - month(%2$s) - CASE WHEN " + over
                + " THEN 0 ELSE 1 END)";
        Typed months = Typed.of(Type.INT64, between, moment, origin);
        String whole = WHOLE.replace("@", "%1$s");
        return Guards.inRange(Typed.of(
                type,
                "CAST(%2$s + to_months(CAST(" + whole + " * %3$s AS INTEGER)) AS " + type.duckDb() + ")",
                months,
                origin,
                width));
    }
}
