package dev.sluice.local.functions;

import java.math.BigDecimal;
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

    private static Cut cut(Long count, String part) {
        if (KNOWN.size() > MOST) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(new Question(count, part), Percentiles::cut);
    }

    private static Cut cut(Question question) {
        BigDecimal exact = new BigDecimal(Double.parseDouble(question.part()))
                .multiply(BigDecimal.valueOf(Math.max(0, question.count() - 1)));
        BigDecimal upper = exact.remainder(BigDecimal.ONE);
        BigDecimal lower = BigDecimal.ONE.subtract(upper);
        long place = exact.longValue() + 1;
        return upper.compareTo(HALF) > 0
                ? new Cut(place, lower.doubleValue(), 1 - lower.doubleValue())
                : new Cut(place, 1 - upper.doubleValue(), upper.doubleValue());
    }
}
