package dev.sluice.local.functions;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/** Moments of zones. */
final class Instants {

    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

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
        long seconds = shown.atZone(ZoneId.of(zone)).toEpochSecond();
        return seconds * MICROS + Math.floorMod(local, MICROS);
    }
}
