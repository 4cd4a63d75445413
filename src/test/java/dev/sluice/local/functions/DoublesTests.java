package dev.sluice.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Google's reference executor answered. */
class DoublesTests {

    @ParameterizedTest
    @CsvSource({
        "2.675, 2, 2.67",
        "1.005, 2, 1.0",
        "1.15, 1, 1.1",
        "8.345, 2, 8.35",
        "1234567.891, 2, 1234567.89",
        "-1.25, -1, -0.0",
        "-0.0, -1, -0.0",
        "-0.0, 2, -0.0",
        "0.04, 1, 0.0",
        "-25, -1, -30.0",
        "1e300, -300, 1e300",
        "1e-320, 320, 1e-320",
        "4.9e-324, 323, 0.0",
        "4.9e-324, 324, 4.9e-324",
        "1.7976931348623157e308, 2, 1.7976931348623157e308",
        "-123, -400, 0.0",
        "NaN, 1, NaN",
        "-Infinity, -1, -Infinity",
    })
    void areRoundedAsGoogleDoes(double number, long digits, Double rounded) {
        assertThat(Doubles.rounded(number, digits)).isEqualTo(rounded);
    }

    @Test
    void saysThatARoundedNumberIsTooLarge() {
        assertThatExceptionOfType(GoogleError.class)
                .isThrownBy(() -> Doubles.rounded(1.7e308, -308L))
                .withMessageContaining("Floating point overflow in function: ROUND(1.7E308, -308)");
    }
}
