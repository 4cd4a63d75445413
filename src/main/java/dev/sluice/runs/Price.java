package dev.sluice.runs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What billed bytes cost: an estimate, at {@code usdPerTib} for 2^40 bytes. */
record Price(BigDecimal usdPerTib) {

    private static final BigDecimal TIB = BigDecimal.valueOf(1L << 40);
    private static final int DECIMALS = 6;

    @Nullable
    BigDecimal of(@Nullable Long bytesBilled) {
        if (bytesBilled == null) {
            return null;
        }
        return BigDecimal.valueOf(bytesBilled).multiply(usdPerTib).divide(TIB, DECIMALS, RoundingMode.HALF_UP);
    }
}
