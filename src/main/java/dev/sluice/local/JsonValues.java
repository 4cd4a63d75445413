package dev.sluice.local;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import tools.jackson.databind.JsonNode;

/** JSON values as values of a column type; what does not fit throws. */
final class JsonValues {

    private static final Pattern TIMESTAMP = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?))?(Z|z| ?UTC|[+-]\\d{2}(?::\\d{2})?)?");
    private static final int NUMERIC_SCALE = 9;

    private JsonValues() {}

    static void append(DuckDBAppender appender, String type, JsonNode value) throws SQLException {
        switch (type) {
            case "STRING" -> appender.append(text(value));
            case "JSON" -> appender.append(value.toString());
            case "INTEGER", "INT64" -> appender.append(number(value).longValueExact());
            case "FLOAT", "FLOAT64" -> appender.append(floating(value));
            case "BOOLEAN", "BOOL" -> appender.append(bool(value));
            case "TIMESTAMP" -> appender.append(timestamp(text(value)));
            case "DATE" -> appender.append(LocalDate.parse(text(value)));
            case "DATETIME" -> appender.append(LocalDateTime.parse(text(value).replace(' ', 'T')));
            case "TIME" -> appender.append(LocalTime.parse(text(value)));
            case "NUMERIC" -> appender.append(number(value).setScale(NUMERIC_SCALE));
            default -> throw new IllegalArgumentException(type);
        }
    }

    private static String text(JsonNode value) {
        if (!value.isString()) {
            throw new IllegalArgumentException("not a string");
        }
        return value.asString();
    }

    private static BigDecimal number(JsonNode value) {
        if (value.isNumber() || value.isString()) {
            return new BigDecimal(value.asString());
        }
        throw new IllegalArgumentException("not a number");
    }

    private static double floating(JsonNode value) {
        if (value.isNumber() || value.isString()) {
            return Double.parseDouble(value.asString());
        }
        throw new IllegalArgumentException("not a number");
    }

    private static boolean bool(JsonNode value) {
        String text = value.asString().toLowerCase(java.util.Locale.ROOT);
        if (value.isBoolean() || text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("not a bool");
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
}
