package dev.sluice.local.functions;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Ranges of dates. */
final class Dates {

    private static final int MOST = 1 << 20;

    private Dates() {}

    /**
     * A list as DuckDB reads it.
     *
     * @param range the first date, the last, and a unit
     */
    static String range(String range, Long step) {
        if (step == 0) {
            throw new GoogleError("Sequence step cannot be 0.");
        }
        String[] parts = range.split(" ", 3);
        LocalDate last = LocalDate.parse(parts[1]);
        List<LocalDate> dates = new ArrayList<>();
        LocalDate next = LocalDate.parse(parts[0]);
        while (step > 0 ? !next.isAfter(last) : !next.isBefore(last)) {
            if (dates.size() == MOST) {
                throw new GoogleError("GENERATE_DATE_ARRAY produced too many elements");
            }
            dates.add(next);
            next = moved(next, step, parts[2]);
        }
        return dates.toString();
    }

    private static LocalDate moved(LocalDate date, long step, String unit) {
        try {
            return switch (unit) {
                case "day" -> date.plusDays(step);
                case "week" -> date.plusWeeks(step);
                case "month" -> date.plusMonths(step);
                case "quarter" -> date.plusMonths(Math.multiplyExact(3, step));
                default -> date.plus(step, ChronoUnit.YEARS);
            };
        } catch (DateTimeException | ArithmeticException e) {
            return step > 0 ? LocalDate.MAX : LocalDate.MIN;
        }
    }
}
