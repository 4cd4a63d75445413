package dev.sluice.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations are answers of Google's reference executor. */
class ShortDecimalTests {

    private static final int MANY = 200_000;

    @ParameterizedTest
    @CsvSource({
        "1234567.250000005, 1234567.250000005",
        "1234567890123456.7, 1234567890123456.7",
        "883561009444832.25, 883561009444832.3",
        "584764197372469.75, 584764197372469.7",
        "28936090858880192, 28936090858880192",
        "0.1, 0.1",
        "100, 100"
    })
    void isAsGoogleWritesIt(double value, BigDecimal expected) {
        assertThat(ShortDecimal.of(value)).isEqualByComparingTo(expected);
    }

    @Test
    void readsBackAsTheSameNumber() {
        long seed = System.nanoTime();
        var random = new Random(seed);

        for (int i = 0; i < MANY; i++) {
            double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (Double.isFinite(value) && value > 0) {
                assertThat(ShortDecimal.of(value).doubleValue())
                        .as("seed %d", seed)
                        .isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4.9E-324", "2.2250738585072014E-308", "1.7976931348623157E308", "4503599627370496", "1"})
    void theLeastAndTheMostReadBack(double value) {
        assertThat(ShortDecimal.of(value).doubleValue()).isEqualTo(value);
    }
}
