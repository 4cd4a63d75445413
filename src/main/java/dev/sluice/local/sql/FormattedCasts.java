package dev.sluice.local.sql;

import dev.sluice.local.functions.NumberModel;
import java.util.Locale;
import java.util.Set;

/** A cast with a literal behind FORMAT. */
final class FormattedCasts {

    private static final Set<Type> MOMENTS = Set.of(Type.DATE, Type.TIME, Type.DATETIME, Type.TIMESTAMP);

    private final Expression.FormattedCast formatted;
    private final Token at;
    private final Type to;
    private final String format;
    private final String function;
    private final Zone zone;

    /** @param zone of AT TIME ZONE, UTC without it */
    FormattedCasts(Expression.FormattedCast formatted, Zone zone) {
        this.zone = zone;
        this.formatted = formatted;
        this.at = formatted.at();
        this.to = formatted.cast().type();
        this.format = literal(formatted.format());
        this.function = formatted.cast().safe() ? "bq_safe_" : "bq_";
    }

    /** Without a format it is NULL. */
    static Typed unknown(Expression.FormattedCast formatted, Typed value) {
        Type to = formatted.cast().type();
        return Typed.total(to, "CASE WHEN %s IS NULL THEN NULL ELSE CAST(NULL AS " + to.duckDb() + ") END", value);
    }

    private static String literal(Expression format) {
        if (format instanceof Expression.Constant constant && constant.type().equals(Type.STRING)) {
            return constant.value();
        }
        throw SqlRefused.unsupported("FORMAT with anything but a string literal", format.at());
    }

    Typed translate(Typed value) {
        boolean zoned = formatted.zone() != null;
        boolean moment = value.type().equals(Type.STRING) ? MOMENTS.contains(to) : MOMENTS.contains(value.type());
        if (zoned && !value.type().equals(Type.TIMESTAMP) && !to.equals(Type.TIMESTAMP)) {
            throw wrong("AT TIME ZONE", value);
        }
        if (value.type().equals(Type.NULL)) {
            return Casts.cast(value, to, true, at);
        }
        if (moment && (value.type().equals(Type.STRING) || to.equals(Type.STRING))) {
            return to.equals(Type.STRING) ? limited(written(value)) : read(value);
        }
        if (value.type().equals(Type.BYTES) && to.equals(Type.STRING)
                || value.type().equals(Type.STRING) && to.equals(Type.BYTES)) {
            return limited(new EncodedCasts(formatted.cast(), format).translate(value));
        }
        if (value.type().isNumber() && to.equals(Type.STRING)) {
            return limited(number(value));
        }
        throw wrong("FORMAT", value);
    }

    private SqlRefused wrong(String clause, Typed value) {
        return SqlRefused.wrong("%s is not allowed for cast from %s to %s".formatted(clause, value.type(), to), at);
    }

    private Typed limited(Typed text) {
        return formatted.cast().limits().enforced(text);
    }

    private Typed number(Typed value) {
        if (!NumberModel.isKnown(format)) {
            throw SqlRefused.unsupported("this FORMAT of numbers", at);
        }
        if (value.type().equals(Type.FLOAT64)) {
            return Typed.of(Type.STRING, function + "write_double(%s, %s)", value, Typed.text(format));
        }
        Typed text = Casts.cast(value, Type.STRING, false, at);
        return Typed.of(Type.STRING, function + "write_decimal(%s, %s)", text, Typed.text(format));
    }

    private Typed written(Typed value) {
        Type type = value.type();
        String moment = type.equals(Type.TIMESTAMP)
                ? "%s"
                : type.equals(Type.TIME) ? "CAST('1970-01-01' AS DATE) + %s" : "CAST(%s AS TIMESTAMP)";
        Typed micros = Typed.total(Type.INT64, "epoch_us(" + moment + ")", value);
        return Typed.of(
                Type.STRING,
                function + "write_model('" + type + " ' || %s || %s, %s)",
                zone.javaName(),
                Typed.text(" " + format),
                micros);
    }

    private Typed read(Typed text) {
        boolean dated = !to.equals(Type.TIME);
        String upper = format.replaceAll("\"(?:[^\"\\\\]|\\\\.)*+\"", "").toUpperCase(Locale.ROOT);
        if (dated && (!upper.matches("(?s).*[YR].*") || !upper.matches("(?s).*(MM|MON).*"))) {
            throw SqlRefused.unsupported("FORMAT without year and month, which would be the current ones", at);
        }
        Typed year = Typed.constant(Type.STRING, "CAST(year(now() AT TIME ZONE 'UTC') AS VARCHAR)");
        Typed micros = Typed.of(
                Type.INT64,
                function + "read_model('" + to + " ' || %s || %s, %s)",
                year,
                Typed.text(" " + format),
                text);
        Typed moment = micros.as(Type.DATETIME, "make_timestamp(%s)");
        if (to.equals(Type.TIME)) {
            return moment.as(to, "CAST(%s AS TIME)");
        }
        if (to.equals(Type.TIMESTAMP)) {
            boolean zoned = upper.contains("TZH") || upper.contains("TZM");
            return inRange((zoned ? Zone.utc(at) : zone).instant(moment));
        }
        return inRange(to.equals(Type.DATE) ? moment.as(to, "CAST(%s AS DATE)") : moment);
    }

    private Typed inRange(Typed moment) {
        return formatted.cast().safe() ? Guards.orNullOutOfRange(moment) : Guards.inRange(moment);
    }
}
