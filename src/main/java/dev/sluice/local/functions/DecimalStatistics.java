package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Variances, deviations, covariances and correlations of decimals: exact sums, whose quotients are told as doubles. */
final class DecimalStatistics {

    private static final int NUMERIC_SCALE = 9;

    /** Doubles hold somewhat more. */
    private static final int MOST_BITS = 1000;

    private final int scale;
    private long count;
    private BigInteger x = BigInteger.ZERO;
    private BigInteger y = BigInteger.ZERO;
    private BigInteger xx = BigInteger.ZERO;
    private BigInteger yy = BigInteger.ZERO;
    private BigInteger xy = BigInteger.ZERO;

    private DecimalStatistics(int scale) {
        this.scale = scale;
    }

    /**
     * @param values one after the other, or pairs of them, with blanks in between
     * @param function DuckDB's name of it, and whether values are {@code numeric} or {@code bignumeric}
     * @return null if there are too few values
     */
    static @Nullable Double of(String values, String function) {
        String[] name = function.split(" ", -1);
        var statistics = new DecimalStatistics(name[1].equals("numeric") ? NUMERIC_SCALE : BigNumerics.SCALE);
        String[] numbers = values.split(" ", -1);
        boolean paired = name[0].startsWith("co");
        for (int i = 0; i < numbers.length; i += paired ? 2 : 1) {
            statistics.add(statistics.unscaled(numbers[i]), statistics.unscaled(numbers[paired ? i + 1 : i]));
        }
        return statistics.result(name[0]);
    }

    private BigInteger unscaled(String number) {
        return new BigDecimal(number).setScale(scale).unscaledValue();
    }

    private void add(BigInteger one, BigInteger other) {
        count++;
        x = x.add(one);
        y = y.add(other);
        xx = xx.add(one.multiply(one));
        yy = yy.add(other.multiply(other));
        xy = xy.add(one.multiply(other));
    }

    private @Nullable Double result(String function) {
        int fewer = function.endsWith("_pop") ? 0 : 1;
        if (count <= fewer) {
            return null;
        }
        if (function.equals("corr")) {
            return correlation();
        }
        BigInteger divisor = BigInteger.TEN
                .pow(2 * scale)
                .multiply(BigInteger.valueOf(count))
                .multiply(BigInteger.valueOf(count - fewer));
        double quotient = spread(xy, x, y).doubleValue() / divisor.doubleValue();
        return function.startsWith("stddev") ? Math.sqrt(quotient) : quotient;
    }

    private BigInteger spread(BigInteger products, BigInteger one, BigInteger other) {
        return products.multiply(BigInteger.valueOf(count)).subtract(one.multiply(other));
    }

    private double correlation() {
        BigInteger square = spread(xx, x, x).multiply(spread(yy, y, y));
        if (square.signum() == 0) {
            return Double.NaN;
        }
        int half = Math.max(0, square.bitLength() - MOST_BITS + 1) / 2;
        double together = Math.scalb(spread(xy, x, y).doubleValue(), -half);
        return together / Math.sqrt(square.shiftRight(2 * half).doubleValue());
    }
}
