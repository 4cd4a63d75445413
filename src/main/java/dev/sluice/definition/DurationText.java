package dev.sluice.definition;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/** Times as people write them. */
final class DurationText {

    private static final Pattern FORM = Pattern.compile("\\d{1,9}[smhd]");
    private static final List<ChronoUnit> LARGEST_FIRST =
            List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS);

    private DurationText() {}

    /**
     * In the largest unit of which it is a whole number, so that two ways to say it are one instance.
     *
     * @throws IllegalArgumentException if it is not a positive time like {@code 30d}
     */
    static String canonical(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("wrong form");
        }
        Duration time = DurationStyle.SIMPLE.parse(text);
        if (time.isZero()) {
            throw new IllegalArgumentException("not positive");
        }
        ChronoUnit unit = LARGEST_FIRST.stream()
                .filter(candidate -> time.toSeconds() % candidate.getDuration().toSeconds() == 0)
                .findFirst()
                .orElseThrow();
        return DurationStyle.SIMPLE.print(time, unit);
    }
}
