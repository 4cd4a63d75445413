package dev.sluice.local.functions;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments of zones. */
final class Instants {

    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private static final Pattern OFFSET = Pattern.compile("(?:UTC)?([+-])(\\d{1,2})(?::?(\\d{2}))?");
    private static final int MOST_MINUTES = 14 * 60;

    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private Instants() {}

    /** @throws DateTimeException if it is no name of a zone */
    static ZoneId zone(String name) {
        if (!ZONES.contains(name)) {
            throw new DateTimeException("Invalid time zone: " + name);
        }
        return ZoneId.of(name);
    }

    /**
     * Microseconds since 1970 of what a zone's clocks show: the earlier moment if they show it twice, and as much later as
     * they are put forward if they never do.
     *
     * @param local microseconds since 1970 as if the zone was UTC
     */
    static Long of(String zone, Long local) {
        LocalDateTime shown = LocalDateTime.ofEpochSecond(
                Math.floorDiv(local, MICROS), (int) Math.floorMod(local, MICROS) * NANOS_PER_MICRO, ZoneOffset.UTC);
        long seconds = shown.atZone(written(zone)).toEpochSecond();
        return seconds * MICROS + Math.floorMod(local, MICROS);
    }

    /** What a zone's clocks show, as microseconds since 1970 as if it was UTC. */
    static Long local(String zone, Long micros) {
        long seconds = Math.floorDiv(micros, MICROS);
        return micros
                + MICROS
                        * written(zone)
                                .getRules()
                                .getOffset(Instant.ofEpochSecond(seconds))
                                .getTotalSeconds();
    }

    /** What Java calls a zone. */
    static String javaName(String zone) {
        return written(zone).getId();
    }

    /** By its name, or by how far it is ahead of UTC. */
    private static ZoneId written(String zone) {
        Matcher offset = OFFSET.matcher(zone);
        try {
            return offset.matches() ? offset(offset) : zone(zone);
        } catch (DateTimeException e) {
            throw new GoogleError("Invalid time zone: " + zone);
        }
    }

    private static ZoneId offset(Matcher offset) {
        int minutes = Integer.parseInt(offset.group(2)) * 60
                + (offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3)));
        if (minutes > MOST_MINUTES) {
            throw new DateTimeException("more than 14 hours");
        }
        return ZoneOffset.ofTotalSeconds(offset.group(1).equals("-") ? -60 * minutes : 60 * minutes);
    }
}
