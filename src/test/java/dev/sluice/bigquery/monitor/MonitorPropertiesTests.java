package dev.sluice.bigquery.monitor;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class MonitorPropertiesTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final DataSize BYTES = DataSize.ofBytes(10);

    @Test
    void refusesThresholdsThatCannotBeMeant() {
        refused("alert-bytes", () -> properties(BYTES, DataSize.ofBytes(9), SECOND, SECOND, 1, DAY));
        refused("alert-elapsed", () -> properties(BYTES, BYTES, SECOND, Duration.ofMillis(999), 1, DAY));
        refused("org-labels", () -> properties(BYTES, BYTES, SECOND, SECOND, -1, DAY));
        refused("retention", () -> properties(BYTES, BYTES, SECOND, SECOND, 1, SECOND));
    }

    private static MonitorProperties properties(
            DataSize warn, DataSize alert, Duration warnElapsed, Duration alertElapsed, int orgs, Duration retention) {
        return new MonitorProperties(true, warn, warnElapsed, alert, alertElapsed, SECOND, orgs, retention);
    }

    private static void refused(String key, Runnable settings) {
        assertThatIllegalArgumentException().isThrownBy(settings::run).withMessageContaining(key);
    }
}
