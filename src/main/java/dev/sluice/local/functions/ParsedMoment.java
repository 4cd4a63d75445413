package dev.sluice.local.functions;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** What a text has said of a moment so far; later parts win over earlier ones. */
final class ParsedMoment {

    private static final long MICROS = 1_000_000;
    private static final int LAST_SECOND = 59;

    private int year = 1970;
    private int century = -1;
    private boolean centurySaid;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private boolean twelve;
    private boolean afternoon;
    private int minute;
    private int second;
    private int nano;
    private @Nullable Long epochSeconds;
    private ZoneId zone = ZoneOffset.UTC;

    void year(int number) {
        year = number;
        century = -1;
        centurySaid = false;
    }

    void yearOfCentury(int number) {
        year = number;
        if (!centurySaid) {
            century = number < 69 ? 20 : 19;
        }
    }

    void century(int number) {
        year = century < 0 ? 0 : year;
        century = number;
        centurySaid = true;
    }

    void month(int number) {
        month = number;
        dayOfYear = 0;
    }

    void day(int number) {
        day = number;
        dayOfYear = 0;
    }

    void quarter(int number) {
        month(3 * number - 2);
        day(1);
    }

    void dayOfYear(int number) {
        dayOfYear = number;
    }

    void hour(int number) {
        hour = number;
        twelve = false;
    }

    void hourOfTwelve(int number) {
        hour = number % 12;
        twelve = true;
    }

    void afternoon(boolean said) {
        afternoon = said;
    }

    void minute(int number) {
        minute = number;
    }

    void second(int number, int nanos) {
        second = number;
        nano = nanos;
    }

    void epochSeconds(long number) {
        epochSeconds = number;
    }

    void zone(ZoneId said) {
        zone = said;
    }

    /** Since 1970 in UTC, if a zone was said, or in whatever zone is meant. */
    long micros() {
        if (epochSeconds != null) {
            return epochSeconds * MICROS;
        }
        int whole = century < 0 ? year : 100 * century + year;
        LocalDate date = dayOfYear == 0 ? LocalDate.of(whole, month, day) : LocalDate.ofYearDay(whole, dayOfYear);
        boolean beyond = second > LAST_SECOND;
        int hours = hour + (twelve && afternoon ? 12 : 0);
        LocalTime time = LocalTime.of(hours, minute, beyond ? LAST_SECOND : second, beyond ? 0 : nano);
        LocalDateTime moment = date.atTime(time).plusSeconds(beyond ? 1 : 0);
        return moment.atZone(zone).toEpochSecond() * MICROS + moment.get(ChronoField.MICRO_OF_SECOND);
    }

    static ZoneId named(String name) {
        return name.matches("UTC[+-]\\d{1,2}") ? ZoneId.of(name) : Instants.zone(name);
    }
}
