package dev.sluice.local.sql;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** FORMAT_… and PARSE_… of dates and times, with literal formats of elements that are known. */
final class DateFormats {

    private static final Pattern ELEMENT = Pattern.compile("%(E(?:\\*S|4Y|[0-9]S|[a-zA-Z])|.)", Pattern.DOTALL);
    private static final Set<String> DATES = Set.of(
            "Y", "E4Y", "y", "C", "m", "d", "e", "j", "Q", "B", "b", "h", "A", "a", "u", "w", "V", "G", "F", "D", "x",
            "n", "t", "%", "U", "W", "g", "EY", "Ey", "EC", "Ex");
    private static final Set<String> TIMES = Set.of(
            "H", "k", "I", "l", "M", "S", "p", "P", "T", "X", "EX", "R", "r", "E*S", "E0S", "E1S", "E2S", "E3S", "E4S",
            "E5S", "E6S", "n", "t", "%");
    private static final Set<String> MOMENTS = Set.of("c", "Ec", "s");
    private static final Set<String> ZONED = Set.of("c", "Ec", "s", "z", "Ez", "Z");
    private static final Set<String> PARSED_DATES = Set.of(
            "Y", "EY", "E4Y", "C", "m", "d", "e", "j", "Q", "y", "Ey", "b", "B", "h", "a", "A", "F", "D", "x", "n", "t",
            "%");
    private static final Set<String> PARSED_TIMES = Set.of(
            "T", "X", "R", "r", "H", "k", "I", "l", "M", "S", "p", "P", "E*S", "E1S", "E2S", "E3S", "E4S", "E5S", "E6S",
            "n", "t", "%");

    private DateFormats() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "FORMAT_DATE" -> formattedAs(arguments, Type.DATE);
            case "FORMAT_DATETIME" -> formattedAs(arguments, Type.DATETIME);
            case "FORMAT_TIMESTAMP" -> formattedAs(arguments, Type.TIMESTAMP);
            case "FORMAT_TIME" -> formatted(arguments.require(2), arguments.to(Type.TIME, 1));
            case "PARSE_DATE" -> parsed(arguments.require(2), Type.DATE);
            case "PARSE_TIME" -> parsed(arguments.require(2), Type.TIME);
            case "PARSE_DATETIME" -> parsed(arguments.require(2), Type.DATETIME);
            case "PARSE_TIMESTAMP" -> parsed(arguments.require(2, 3), Type.TIMESTAMP);
            default -> null;
        };
    }

    /** @param type as which a literal is read */
    private static Typed formattedAs(Arguments arguments, Type type) {
        Type given = arguments.require(2, 3).typed(1).type();
        boolean timestamp = given.equals(Type.TIMESTAMP) || type.equals(Type.TIMESTAMP) && !given.equals(Type.DATETIME);
        if (timestamp && !given.equals(Type.DATE)) {
            return formattedTimestamp(arguments);
        }
        boolean datetime = given.equals(Type.DATETIME) || !type.equals(Type.DATE);
        return formatted(arguments.require(2), arguments.to(datetime ? Type.DATETIME : Type.DATE, 1));
    }

    private static Typed formattedTimestamp(Arguments arguments) {
        String format = arguments.literal(0, "format");
        requireKnown(arguments, format, List.of(DATES, TIMES, ZONED));
        Typed micros = arguments.to(Type.TIMESTAMP, 1).as(Type.INT64, "epoch_us(%s)");
        return Typed.of(
                Type.STRING,
                "bq_format_zoned(%s || %s, %s)",
                arguments.zone(2).javaName(),
                Typed.text(" " + format),
                micros);
    }

    /** As a cast to STRING shows it in a zone. */
    static Typed shown(Typed timestamp, Zone zone) {
        String micros = "epoch_us(%1$s)";
        Typed shown = Typed.of(
                Type.STRING,
                "bq_format_zoned(%2$s || ' %%E4Y-%%m-%%d %%H:%%M:' || CASE WHEN " + micros
                        + " %% 1000000 = 0 THEN '%%S' WHEN " + micros
                        + " %% 1000 = 0 THEN '%%E3S' ELSE '%%E6S' END || '%%Ez', "
                        + micros + ")",
                timestamp,
                zone.javaName());
        return shown.as(Type.STRING, "regexp_replace(%s, '([+-][0-9]{2}):00$', '\\1')");
    }

    private static Typed formatted(Arguments arguments, Typed value) {
        String format = arguments.literal(0, "format");
        Type type = value.type();
        boolean dates = !type.equals(Type.TIME);
        boolean times = !type.equals(Type.DATE);
        requireKnown(
                arguments,
                format,
                List.of(dates ? DATES : Set.of(), times ? TIMES : Set.of(), dates && times ? MOMENTS : Set.of()));
        String moment = type.equals(Type.TIME) ? "CAST('1970-01-01' AS DATE) + %s" : "CAST(%s AS TIMESTAMP)";
        Typed micros = value.as(Type.INT64, "epoch_us(" + moment + ")");
        return Typed.of(Type.STRING, "bq_format_moment(%s, %s)", Typed.text(format), micros);
    }

    private static void requireKnown(Arguments arguments, String format, List<Set<String>> known) {
        Matcher matcher = ELEMENT.matcher(format);
        while (matcher.find()) {
            String element = matcher.group(1);
            if (known.stream().noneMatch(elements -> elements.contains(element))) {
                throw arguments.unsupported("the format element %" + element);
            }
        }
    }

    private static Typed parsed(Arguments arguments, Type type) {
        String format = arguments.literal(0, "format");
        requireKnown(
                arguments,
                format,
                List.of(
                        type.equals(Type.TIME) ? Set.of() : PARSED_DATES,
                        type.equals(Type.DATE) ? Set.of() : PARSED_TIMES,
                        type.equals(Type.DATETIME) ? MOMENTS : type.equals(Type.TIMESTAMP) ? ZONED : Set.of()));
        Typed micros = Typed.of(Type.INT64, "bq_parse_moment(%s, %s)", Typed.text(format), arguments.text(1));
        Typed moment = micros.as(Type.DATETIME, "make_timestamp(%s)");
        if (type.equals(Type.TIME)) {
            return moment.as(Type.TIME, "CAST(%s AS TIME)");
        }
        if (!type.equals(Type.TIMESTAMP)) {
            return Guards.inRange(type.equals(Type.DATE) ? moment.as(Type.DATE, "CAST(%s AS DATE)") : moment);
        }
        boolean zoned = Stream.of("%z", "%Ez", "%Z", "%s").anyMatch(format::contains);
        Zone zone = zoned ? Zone.utc(arguments.at()) : arguments.zone(2);
        return Guards.inRange(zone.instant(moment));
    }
}
