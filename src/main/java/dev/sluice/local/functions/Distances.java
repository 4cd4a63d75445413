package dev.sluice.local.functions;

import java.util.Arrays;

/** Distances of vectors, which are told as DuckDB writes its lists. Overflow of finite numbers is an error. */
final class Distances {

    private Distances() {}

    static double euclidean(String left, String right) {
        double[] one = vector(left, "first");
        double[] other = vector(right, "second");
        requireSameLength(one, other);
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = DoubleArithmetic.difference(one[i], other[i]);
            sum = DoubleArithmetic.sum(sum, DoubleArithmetic.product(difference, difference));
        }
        return Math.sqrt(sum);
    }

    static double cosine(String left, String right) {
        double[] one = vector(left, "first");
        double[] other = vector(right, "second");
        requireSameLength(one, other);
        return 1 - product(one, other) / DoubleArithmetic.product(length(one), length(other));
    }

    private static double length(double[] vector) {
        double length = Math.sqrt(product(vector, vector));
        if (length == 0) {
            throw new GoogleError("Cannot compute cosine distance against zero vector");
        }
        return length;
    }

    private static void requireSameLength(double[] one, double[] other) {
        if (one.length != other.length) {
            throw new GoogleError("Array length mismatch: %d and %d".formatted(one.length, other.length));
        }
    }

    private static double[] vector(String list, String place) {
        String elements = list.substring(1, list.length() - 1);
        return elements.isEmpty()
                ? new double[0]
                : Arrays.stream(elements.split(", "))
                        .mapToDouble(element -> number(element, place))
                        .toArray();
    }

    private static double number(String text, String place) {
        return switch (text) {
            case "NULL" -> throw new GoogleError("NULL array element in " + place + " argument");
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum = DoubleArithmetic.sum(sum, DoubleArithmetic.product(one[i], other[i]));
        }
        return sum;
    }
}
