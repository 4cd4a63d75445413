package dev.sluice.local.sql;

import dev.sluice.local.functions.WrittenMoment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;

/** Constants as DuckDB's SQL, never dependent on how DuckDB reads them or on a session's time zone. */
final class Literals {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final int NUMERIC_SCALE = 9;
    private static final int NUMERIC_DIGITS = 29;

    private Literals() {}

    static Typed constant(Expression.Constant constant) {
        return of(constant.type(), constant.value(), constant.at());
    }

    static Typed of(Type type, String value, Token at) {
        try {
            return switch (type.kind()) {
                case NULL -> Typed.constant(Type.NULL, "CAST(NULL AS BIGINT)");
                case STRING -> Typed.text(value);
                case BOOL -> Typed.constant(Type.BOOL, value);
                case INT64 -> Typed.constant(type, "CAST(" + integer(value) + " AS BIGINT)");
                case FLOAT64 -> floating(value);
                case NUMERIC -> quoted(type, numeric(value).toPlainString());
                case BIGNUMERIC -> BigNumericCasts.literal(value);
                case DATE -> quoted(type, WrittenMoment.date(value).toString());
                case TIME -> quoted(type, WrittenMoment.time(value).toString());
                case DATETIME -> quoted(type, WrittenMoment.moment(value, false).format(SECONDS));
                case TIMESTAMP -> quoted(type, WrittenMoment.moment(value, true).format(SECONDS) + "+00");
                case JSON -> Casts.parsedJson(Typed.text(value));
                case BYTES -> bytes(value);
                case ARRAY, STRUCT -> throw SqlRefused.unsupported(type + " literals", at);
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new SqlRefused("invalidQuery", "Invalid %s literal at %s".formatted(type, at.place()));
        }
    }

    private static long integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        if (!digits.startsWith("0x") && !digits.startsWith("0X")) {
            return Long.parseLong(text);
        }
        var value = new BigInteger((negative ? "-" : "") + digits.substring(2), 16);
        if (value.bitLength() >= Long.SIZE) {
            throw new NumberFormatException();
        }
        return value.longValue();
    }

    private static Typed bytes(String value) {
        return Typed.constant(
                Type.BYTES,
                "from_hex('%s')".formatted(HexFormat.of().formatHex(value.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static Typed quoted(Type type, String text) {
        return Typed.constant(type, "CAST('%s' AS %s)".formatted(text, type.duckDb()));
    }

    /** With all its digits, since it may become a {@link #decimal}. */
    private static Typed floating(String text) {
        double value = Double.parseDouble(text);
        return quoted(Type.FLOAT64, Double.isInfinite(value) ? Double.toString(value) : text);
    }

    /** A FLOAT64 literal as it is written, rounded where NUMERIC or BIGNUMERIC ends; empty if it is out of range. */
    static Optional<Typed> decimal(Typed literal, Type type) {
        String text = digits(literal);
        try {
            return Optional.of(
                    type.equals(Type.BIGNUMERIC)
                            ? BigNumericCasts.rounded(text)
                            : quoted(Type.NUMERIC, rounded(text).toPlainString()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Of a FLOAT64 literal. */
    static String digits(Typed literal) {
        return literal.sql()
                .substring(literal.sql().indexOf('\'') + 1, literal.sql().lastIndexOf('\''));
    }

    private static BigDecimal rounded(String text) {
        BigDecimal value = new BigDecimal(text);
        boolean large = value.precision() - (long) value.scale() > NUMERIC_DIGITS;
        return numeric(
                large
                        ? text
                        : value.setScale(NUMERIC_SCALE, RoundingMode.HALF_UP).toPlainString());
    }

    private static BigDecimal numeric(String text) {
        BigDecimal value = new BigDecimal(text);
        boolean fits = value.scale() <= NUMERIC_SCALE && value.precision() - value.scale() <= NUMERIC_DIGITS;
        if (!fits) {
            throw new NumberFormatException();
        }
        return value;
    }
}
