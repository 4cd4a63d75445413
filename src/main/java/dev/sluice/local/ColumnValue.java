package dev.sluice.local;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;

/** Values of columns: from text, into DuckDB, and their size as BigQuery counts it. What does not fit throws. */
final class ColumnValue {

    private static final Pattern TIMESTAMP = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?))?(Z|z| ?UTC|[+-]\\d{2}(?::\\d{2})?)?");
    private static final Pattern NOT_FLOAT = Pattern.compile("(?i).*[df]|[+-]?0x.*");
    private static final int NUMERIC_SCALE = 9;
    private static final int NUMERIC_DIGITS = 29;
    private static final int NUMERIC_BYTES = 16;
    private static final int TEXT_BYTES = 2;

    private ColumnValue() {}

    /** The text of a JSON value. */
    record JsonText(String text) {}

    static Object of(String type, String text) {
        return switch (ColumnTypes.standard(type)) {
            case "STRING" -> text;
            case "INTEGER" -> new BigDecimal(text).longValueExact();
            case "FLOAT" -> floating(text);
            case "BOOLEAN" -> bool(text);
            case "TIMESTAMP" -> timestamp(text);
            case "DATE" -> LocalDate.parse(text);
            case "DATETIME" -> LocalDateTime.parse(text.replace(' ', 'T'));
            case "TIME" -> LocalTime.parse(text);
            case "NUMERIC" -> numeric(new BigDecimal(text));
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** Java's own suffixes and hexadecimal numbers are none of BigQuery's. */
    private static double floating(String text) {
        if (NOT_FLOAT.matcher(text).matches()) {
            throw new IllegalArgumentException("not a number");
        }
        return Double.parseDouble(text);
    }

    /** Too large a number is refused before its digits are written out. */
    private static BigDecimal numeric(BigDecimal number) {
        if ((long) number.precision() - number.scale() > NUMERIC_DIGITS) {
            throw new ArithmeticException("out of range");
        }
        return number.setScale(NUMERIC_SCALE);
    }

    private static boolean bool(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.equals("true") && !lower.equals("false")) {
            throw new IllegalArgumentException("not a bool");
        }
        return lower.equals("true");
    }

    private static OffsetDateTime timestamp(String text) {
        Matcher matcher = TIMESTAMP.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a timestamp");
        }
        LocalTime time = matcher.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(matcher.group(2));
        String zone = matcher.group(3) == null ? "Z" : matcher.group(3).strip();
        boolean utc = zone.equalsIgnoreCase("Z") || zone.equals("UTC");
        return LocalDateTime.of(LocalDate.parse(matcher.group(1)), time)
                .atOffset(utc ? ZoneOffset.UTC : ZoneOffset.of(zone));
    }

    static void append(DuckDBAppender appender, Object value) throws SQLException {
        if (value instanceof String text) {
            appender.append(text);
        } else if (value instanceof JsonText json) {
            appender.append(json.text());
        } else if (value instanceof Long number) {
            appender.append(number.longValue());
        } else if (value instanceof Double number) {
            appender.append(number.doubleValue());
        } else if (value instanceof Boolean bool) {
            appender.append(bool.booleanValue());
        } else if (value instanceof BigDecimal number) {
            appender.append(number);
        } else {
            appendTime(appender, value);
        }
    }

    private static void appendTime(DuckDBAppender appender, Object value) throws SQLException {
        if (value instanceof OffsetDateTime time) {
            appender.append(time);
        } else if (value instanceof LocalDate date) {
            appender.append(date);
        } else if (value instanceof LocalDateTime time) {
            appender.append(time);
        } else {
            appender.append((LocalTime) value);
        }
    }

    /** Logical bytes: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#data_type_sizes. */
    static long bytes(Object value) {
        if (value instanceof String text) {
            return TEXT_BYTES + utf8(text);
        }
        if (value instanceof JsonText json) {
            return utf8(json.text());
        }
        if (value instanceof Boolean) {
            return 1;
        }
        return value instanceof BigDecimal ? NUMERIC_BYTES : Long.BYTES;
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
