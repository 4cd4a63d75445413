package dev.sluice.local.sql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Constants as DuckDB's SQL, never dependent on how DuckDB reads them or on a session's time zone. */
final class Literals {

    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,6}))?");
    private static final Pattern MOMENT = Pattern.compile(
            "(" + DATE.pattern() + ")(?:[ Tt](" + TIME.pattern() + "))?(Z|z| ?UTC| ?[+-]\\d{2}(?::\\d{2})?)?");
    private static final int ZONE_GROUP = 10;
    private static final int TIME_GROUP = 5;
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
                case INT64 -> Typed.constant(type, "CAST(%d AS BIGINT)".formatted(integer(value)));
                case FLOAT64 -> floating(value);
                case NUMERIC -> quoted(type, numeric(value).toPlainString());
                case BIGNUMERIC -> BigNumericCasts.literal(value);
                case DATE -> quoted(type, date(value).toString());
                case TIME -> quoted(type, time(value).toString());
                case DATETIME -> quoted(type, moment(value, false).format(SECONDS));
                case TIMESTAMP -> quoted(type, moment(value, true).format(SECONDS) + "+00");
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
        long value = Long.parseUnsignedLong(digits.substring(2), 16);
        return negative ? -value : value;
    }

    private static Typed bytes(String value) {
        return Typed.constant(
                Type.BYTES,
                "from_hex('%s')".formatted(HexFormat.of().formatHex(value.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static Typed quoted(Type type, String text) {
        return Typed.constant(type, "CAST('%s' AS %s)".formatted(text, type.duckDb()));
    }

    private static Typed floating(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new NumberFormatException();
        }
        return quoted(Type.FLOAT64, Double.toString(value));
    }

    /** A FLOAT64 literal as a NUMERIC or BIGNUMERIC, or as it is if it has too many digits. */
    static Typed decimal(Typed literal, Type type) {
        String text = literal.sql()
                .substring(literal.sql().indexOf('\'') + 1, literal.sql().lastIndexOf('\''));
        try {
            return type.equals(Type.BIGNUMERIC)
                    ? BigNumericCasts.literal(text)
                    : quoted(Type.NUMERIC, numeric(text).toPlainString());
        } catch (NumberFormatException e) {
            return literal;
        }
    }

    private static BigDecimal numeric(String text) {
        BigDecimal value = new BigDecimal(text);
        boolean fits = value.scale() <= NUMERIC_SCALE && value.precision() - value.scale() <= NUMERIC_DIGITS;
        if (!fits) {
            throw new NumberFormatException();
        }
        return value;
    }

    private static LocalDate date(String text) {
        Matcher matcher = matched(DATE, text);
        int year = Integer.parseInt(matcher.group(1));
        if (year == 0) {
            throw new DateTimeException("year 0");
        }
        return LocalDate.of(year, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }

    private static LocalTime time(String text) {
        Matcher matcher = matched(TIME, text);
        String fraction = matcher.group(4) == null ? "0" : matcher.group(4);
        return LocalTime.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt((fraction + "00000000").substring(0, NUMERIC_SCALE)));
    }

    private static LocalDateTime moment(String text, boolean zoned) {
        Matcher matcher = matched(MOMENT, text);
        String zone = matcher.group(ZONE_GROUP);
        if (zone != null && !zoned) {
            throw new DateTimeException("a zone");
        }
        LocalTime time = matcher.group(TIME_GROUP) == null ? LocalTime.MIDNIGHT : time(matcher.group(TIME_GROUP));
        LocalDateTime local = date(matcher.group(1)).atTime(time);
        boolean utc = zone == null
                || zone.strip().equalsIgnoreCase("Z")
                || zone.strip().equals("UTC");
        LocalDateTime moment = utc
                ? local
                : local.atOffset(ZoneOffset.of(zone.strip()))
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime();
        date(moment.toLocalDate().toString());
        return moment;
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException("another format");
        }
        return matcher;
    }
}
