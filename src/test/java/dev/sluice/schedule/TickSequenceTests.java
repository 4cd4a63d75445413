package dev.sluice.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the change of clocks does to ticks; Berlin's went forward on 2026-03-29 and goes back on 2026-10-25, at 01:00Z. */
class TickSequenceTests {

    private static final String BERLIN = "Europe/Berlin";

    @Test
    void followsLocalTimeAcrossTheChange() {
        assertThat(ticks("0 0 9 * * *", BERLIN, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
                .containsExactly("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z");
        assertThat(ticks("@daily", "UTC", "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"))
                .containsExactly("2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z");
    }

    @Test
    void firesOnceWhenTheClockLeavesItsTimeOut() {
        assertThat(ticks("0 30 2 * * *", BERLIN, "2026-03-28T00:00:00Z", "2026-03-30T12:00:00Z"))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(ticks("0 0 2 * * *", BERLIN, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z"))
                .containsExactly("2026-03-29T01:00:00Z");
        assertThat(ticks("0 0/20 2-3 * * *", BERLIN, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z"))
                .as("02:00, 02:20 and 02:40 are not there, 03:00 is the instant of the change")
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z", "2026-03-29T01:40:00Z");
    }

    @Test
    void firesAFixedTimeThatHappensTwiceTheFirstTimeOnly() {
        assertThat(ticks("0 30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(ticks("0 0 2,3 * * *", BERLIN, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"))
                .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z");
        assertThat(new TickSequence("0 30 2 * * *", BERLIN).after(Instant.parse("2026-10-25T01:10:00Z")))
                .as("asked within the repeated hour")
                .contains(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void keepsItsIntervalThroughTheRepeatedHour() {
        assertThat(ticks("0 0 * * * *", BERLIN, "2026-10-24T23:30:00Z", "2026-10-25T03:00:00Z"))
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
        assertThat(ticks("0 */30 * * * *", BERLIN, "2026-10-25T00:15:00Z", "2026-10-25T02:00:00Z"))
                .containsExactly(
                        "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z");
    }

    @Test
    void keepsEveryQuarterOfAYearInEveryKindOfZone() {
        for (String zone : List.of("UTC", BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")) {
            Instant start = Instant.parse("2026-01-01T00:00:00Z");
            var sequence = new TickSequence("0 */15 * * * *", zone);
            Instant at = start;
            for (int quarter = 1; quarter <= 365 * 96; quarter++) {
                at = sequence.after(at).orElseThrow();
                assertThat(at).as(zone).isEqualTo(start.plus(Duration.ofMinutes(15L * quarter)));
            }
        }
    }

    @Test
    void passesOverADayThatAZoneLeftOut() {
        assertThat(ticks("0 0 12 * * *", "Pacific/Apia", "2011-12-29T00:00:00Z", "2011-12-31T12:00:00Z"))
                .as("there was no 30 December 2011: it fires when the 31st begins")
                .containsExactly("2011-12-29T22:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z");
    }

    @Test
    void endsWhenThereIsNoSuchDay() {
        assertThat(new TickSequence("0 0 0 30 2 *", BERLIN).after(Instant.EPOCH))
                .isEmpty();
    }

    private static List<String> ticks(String cron, String zone, String after, String until) {
        var sequence = new TickSequence(cron, zone);
        List<String> ticks = new ArrayList<>();
        Optional<Instant> tick = sequence.after(Instant.parse(after));
        while (tick.isPresent() && !tick.get().isAfter(Instant.parse(until))) {
            ticks.add(tick.get().toString());
            tick = sequence.after(tick.get());
        }
        return ticks;
    }
}
