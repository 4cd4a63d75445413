package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Between which two of so many sorted values a part of them ends; what one weighs less than the other is rounded, the other has the rest. */
final class Percentiles {

    /**
     * @param place of the lower one, from 1
     * @param lower what it weighs
     * @param upper what the next one weighs
     */
    private record Cut(long place, double lower, double upper) {}

    private record Question(long count, String part) {}

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final int MOST = 10_000;

    /** The rows of a partition ask the same. */
    private static final Map<Question, Cut> KNOWN = new ConcurrentHashMap<>();

    private Percentiles() {}

    /** From 1, of the lower one. */
    static Long place(Long count, String part) {
        return cut(count, part).place();
    }

    static Double lower(Long count, String part) {
        return cut(count, part).lower();
    }

    static Double upper(Long count, String part) {
        return cut(count, part).upper();
    }

    /** As {@link #place}, of a part that is a decimal and no double. */
    static Long placeExactly(Long count, String part) {
        return reached(count, new BigDecimal(part)).longValue() + 1;
    }

    /**
     * Rounded half away from zero.
     *
     * @param neighbours the lower and the upper one, and of how many
     * @param partAndScale the part as a decimal, and to how many digits
     */
    static String between(String neighbours, String partAndScale) {
        String[] of = neighbours.split(" ", -1);
        String[] what = partAndScale.split(" ", -1);
        BigDecimal behind =
                reached(Long.parseLong(of[2]), new BigDecimal(what[0])).remainder(BigDecimal.ONE);
        BigDecimal lower = new BigDecimal(of[0]);
        return lower.add(new BigDecimal(of[1]).subtract(lower).multiply(behind))
                .setScale(Integer.parseInt(what[1]), RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static BigDecimal reached(long count, BigDecimal part) {
        return part.multiply(BigDecimal.valueOf(Math.max(0, count - 1)));
    }

    private static Cut cut(Long count, String part) {
        if (KNOWN.size() > MOST) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(new Question(count, part), Percentiles::cut);
    }

    private static Cut cut(Question question) {
        BigDecimal exact = reached(question.count(), new BigDecimal(Double.parseDouble(question.part())));
        BigDecimal upper = exact.remainder(BigDecimal.ONE);
        BigDecimal lower = BigDecimal.ONE.subtract(upper);
        long place = exact.longValue() + 1;
        return upper.compareTo(HALF) > 0
                ? new Cut(place, lower.doubleValue(), 1 - lower.doubleValue())
                : new Cut(place, 1 - upper.doubleValue(), upper.doubleValue());
    }
}
