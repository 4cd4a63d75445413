package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTextTests {

    private static boolean isDate(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return CalendarText.isDate(bytes, 0, bytes.length);
    }

    private static boolean isTime(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return CalendarText.isTime(bytes, 0, bytes.length);
    }

    private static boolean isRead(String text, Function<String, ?> parser) {
        try {
            parser.apply(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 9999})
    void knowsTheDaysOfEveryMonth(int year) {
        for (int month = 0; month <= 13; month++) {
            for (int day = 0; day <= 32; day++) {
                String text = "%04d-%02d-%02d".formatted(year, month, day);
                assertThat(isDate(text)).as(text).isEqualTo(isRead(text, LocalDate::parse));
            }
        }
    }

    @Test
    void knowsTheSecondsOfADay() {
        for (int hour = 0; hour <= 25; hour++) {
            for (int other = 0; other <= 61; other++) {
                String minutes = "%02d:%02d:00".formatted(hour, other);
                String seconds = "%02d:00:%02d.5".formatted(hour, other);
                assertThat(isTime(minutes)).as(minutes).isEqualTo(isRead(minutes, LocalTime::parse));
                assertThat(isTime(seconds)).as(seconds).isEqualTo(isRead(seconds, LocalTime::parse));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2026", "2026-01-1/", "2026-01-/1", "0000-01-01", "-001-01-01", "2026-01-01 ", "2026+01-01"})
    void knowsWhatIsNoDate(String text) {
        assertThat(isDate(text)).isFalse();
    }
}
