package dev.sluice.local.functions;

/** Operations on FLOAT64, which are errors if finite operands have no finite result. */
final class DoubleArithmetic {

    private DoubleArithmetic() {}

    static double sum(double one, double other) {
        return finite(one + other, one, other, "+");
    }

    static double difference(double one, double other) {
        return finite(one - other, one, other, "-");
    }

    static double product(double one, double other) {
        return finite(one * other, one, other, "*");
    }

    static double quotient(double one, double other) {
        return finite(one / other, one, other, "/");
    }

    private static double finite(double result, double one, double other, String operator) {
        if (Double.isInfinite(result) && Double.isFinite(one) && Double.isFinite(other)) {
            throw new GoogleError(
                    "double overflow: %s %s %s".formatted(Doubles.cast(one), operator, Doubles.cast(other)));
        }
        return result;
    }
}
