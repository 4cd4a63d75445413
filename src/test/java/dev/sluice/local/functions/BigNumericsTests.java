package dev.sluice.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BigNumericsTests {

    private static final long SEED = 20_261_126;
    private static final int SCALE = 38;
    private static final BigDecimal MOST =
            new BigDecimal(BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE), SCALE);
    private static final BigDecimal LEAST =
            new BigDecimal(BigInteger.ONE.shiftLeft(255).negate(), SCALE);

    @Test
    void areInTheOrderOfTheirNumbers() {
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            BigDecimal one = number(random);
            BigDecimal other = number(random);
            assertThat(Integer.signum(BigNumerics.stored(one).compareTo(BigNumerics.stored(other))))
                    .as("seed %d: %s and %s", SEED, one, other)
                    .isEqualTo(one.compareTo(other));
            assertThat(new BigDecimal(BigNumerics.text(BigNumerics.stored(one))))
                    .isEqualByComparingTo(one);
        }
    }

    private static BigDecimal number(Random random) {
        var unscaled = new BigInteger(1 + random.nextInt(254), random);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), SCALE);
    }

    @Test
    void reachFromTheLeastToTheMost() {
        assertThat(BigNumerics.stored(LEAST)).isEqualTo("0".repeat(64));
        assertThat(BigNumerics.stored(MOST)).isEqualTo("f".repeat(64));
        assertThat(BigNumerics.text("f".repeat(64))).isEqualTo(MOST.toPlainString());
        for (String zero : new String[] {"0E+5", "0e50", "-0.0e999999999", "0e-999999999"}) {
            assertThat(BigNumerics.text(BigNumerics.stored(new BigDecimal(zero))))
                    .isEqualTo("0");
            assertThat(BigNumerics.text(BigNumerics.parsed(zero))).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "578960446186580977117854925043439539266.34992332820282019728792003956564819968",
                "-578960446186580977117854925043439539266.34992332820282019728792003956564819969",
                "1e-39",
                "0.123456789012345678901234567890123456789",
                "1e999999999",
                "1e-999999999"
            })
    void refuseWhatIsNoneBeforeItsDigitsAreWrittenOut(String text) {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> BigNumerics.stored(new BigDecimal(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "578960446186580977117854925043439539266.349923328202820197287920039565648199675",
                "-578960446186580977117854925043439539266.349923328202820197287920039565648199685",
                "1e39",
                "1e999999999",
                "1e99999999999"
            })
    void areNotMadeOfTextsBeyondTheirRange(String text) {
        assertThatExceptionOfType(GoogleError.class)
                .isThrownBy(() -> BigNumerics.parsed(text))
                .withMessageContaining("Invalid BIGNUMERIC value");
    }

    @ParameterizedTest
    @CsvSource({
        "1e38, 100000000000000000000000000000000000000",
        "1E-1, 0.1",
        ".5, 0.5",
        "0.123456789012345678901234567890123456785, 0.12345678901234567890123456789012345679",
        "-5e-39, -0.00000000000000000000000000000000000001",
        "4.9e-39, 0",
        "9e-40, 0",
        "1e-999999999, 0"
    })
    void areMadeOfTextsWhoseDecimalsAreRounded(String text, String number) {
        assertThat(BigNumerics.text(BigNumerics.parsed(text))).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.10000000000000000555111512312578270212",
        "-2.5, -2.5",
        "1e-39, 0",
        "5.1e-39, 0.00000000000000000000000000000000000001",
        "1e38, 99999999999999997748809823456034029568"
    })
    void haveAllDigitsOfADouble(double number, String text) {
        assertThat(BigNumerics.text(BigNumerics.ofDouble(number))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e39, -1e300})
    void areNotMadeOfEveryDouble(double number) {
        assertThatExceptionOfType(GoogleError.class).isThrownBy(() -> BigNumerics.ofDouble(number));
    }

    @ParameterizedTest
    @CsvSource({
        "2.5, 0, 3",
        "-2.5, 0, -3",
        "1.25, 1, 1.3",
        "5.78e38, -40, 0",
        "-5.78e38, -99, 0",
        "149, -2, 100",
        "150, -2, 200",
        "1.5, 99, 1.5"
    })
    void areRoundedHalfAwayFromZero(String number, long digits, String rounded) {
        assertThat(BigNumerics.text(BigNumerics.rounded(BigNumerics.stored(new BigDecimal(number)), digits)))
                .isEqualTo(rounded);
    }

    @Test
    void overflowInTheirWords() {
        assertThatExceptionOfType(GoogleError.class)
                .isThrownBy(() -> BigNumerics.absolute(BigNumerics.stored(LEAST)))
                .withMessageContaining("BIGNUMERIC overflow: ABS");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "5, 5",
                "1.5, `\"1.5\"`",
                "9007199254740992, 9007199254740992",
                "9007199254740993, `\"9007199254740993\"`"
            })
    void areNumbersInJsonWhereADoubleHoldsThem(String number, String json) {
        assertThat(BigNumerics.json(BigNumerics.stored(new BigDecimal(number)))).isEqualTo(json);
    }
}
