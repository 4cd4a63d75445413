package dev.sluice.local.sql;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time zones that are literals. */
final class Zones {

    static final String UTC = "UTC";

    private static final Pattern OFFSET = Pattern.compile("(?:UTC)?([+-])(\\d{1,2})(?::?(\\d{2}))?");

    private static final int MOST_MINUTES = 14 * 60;

    private Zones() {}

    /** A format from a TIMESTAMP to the DATETIME of the zone. */
    static String local(String zone, Token at) {
        return of(zone, at, "");
    }

    /** A format from a DATETIME of the zone to the TIMESTAMP. */
    static String instant(String zone, Token at) {
        return of(zone, at, "-");
    }

    private static String of(String zone, Token at, String sign) {
        var matcher = OFFSET.matcher(zone);
        if (matcher.matches()) {
            int shift = minutes(matcher, zone, at);
            String utc = "(%s AT TIME ZONE 'UTC')";
            return "(" + utc + " + to_minutes(CAST(" + (sign.isEmpty() ? shift : -shift) + " AS BIGINT)))";
        }
        String named = checked(zone, at);
        return sign.isEmpty() || zone.equals(UTC)
                ? "(%s AT TIME ZONE '" + named + "')"
                : "make_timestamptz(bq_instant('" + named + "', epoch_us(%s)))";
    }

    /** What Java calls a zone. */
    static String javaName(String zone, Token at) {
        var matcher = OFFSET.matcher(zone);
        return matcher.matches()
                ? ZoneOffset.ofTotalSeconds(60 * minutes(matcher, zone, at)).getId()
                : zone.equals(UTC) ? "Z" : checked(zone, at);
    }

    private static int minutes(Matcher matcher, String zone, Token at) {
        int minutes = Integer.parseInt(matcher.group(2)) * 60
                + (matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
        if (minutes > MOST_MINUTES) {
            throw new SqlRefused("invalidQuery", "Invalid time zone: %s at %s".formatted(zone, at.place()));
        }
        return matcher.group(1).equals("-") ? -minutes : minutes;
    }

    private static String checked(String zone, Token at) {
        try {
            boolean named = !(ZoneId.of(zone) instanceof ZoneOffset)
                    && ZoneId.getAvailableZoneIds().contains(zone);
            if (named) {
                return zone;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new SqlRefused("invalidQuery", "Invalid time zone: %s at %s".formatted(zone, at.place()));
    }
}
