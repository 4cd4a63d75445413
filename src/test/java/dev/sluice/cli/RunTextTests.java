package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runs.Run;
import dev.sluice.runs.RunPurge;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunTextTests {

    private static final Instant ENDED = Instant.parse("2026-01-01T00:00:00Z");

    private static String text(@Nullable RunPurge purge, @Nullable Instant purged) {
        var out = new StringWriter();
        RunText.print(
                new Run(
                        12,
                        "purge",
                        3,
                        "COMPLETED",
                        0,
                        false,
                        false,
                        1,
                        Map.of("age", "180d"),
                        ENDED,
                        ENDED,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        List.of(),
                        null,
                        purge,
                        purged),
                new Output(new PrintWriter(out)));
        return out.toString();
    }

    @Test
    void saysOfAPurgedRunWhatIsKept() {
        assertThat(text(null, ENDED))
                .contains("  purged    2026-01-01T00:00:00Z: this is what is kept of it", "  age=180d")
                .doesNotContain("STEP");
    }

    @Test
    void saysWhatAPurgeRemovedOrWouldRemove() {
        var rows = List.of(new RunPurge.Removed("BATCH_JOB_INSTANCE", 1_200));

        assertThat(text(new RunPurge(ENDED, false, null, rows), null))
                .contains("rows removed, of finished instances that ended before 2026-01-01T00:00:00Z:", "1,200")
                .doesNotContain("which instances");
        assertThat(text(new RunPurge(ENDED, true, "/home/purge/run-12.txt", rows), null))
                .contains("rows that would be removed", "which instances: /home/purge/run-12.txt");
    }
}
