package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.runs.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that BigQuery has read and set aside come back as a file of their own kind. */
class RedriveTests {

    @TempDir
    private Path folder;

    private Redrive redrive() {
        return new Redrive(
                new Run(
                        12,
                        "bulk-insert",
                        3,
                        "COMPLETED",
                        0,
                        false,
                        false,
                        1,
                        Map.of("source", "gs://bucket/a.csv", "format", "auto", "header", "true", "mode", "append"),
                        null,
                        null,
                        2L,
                        1L,
                        1L,
                        1L,
                        0L,
                        0L,
                        0L,
                        List.of(),
                        List.of(),
                        "table p.sluice_staging.t_rejects",
                        List.of(),
                        null,
                        null,
                        null),
                folder);
    }

    @Test
    void saysWhereTheRowsAre() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> redrive().arguments(null))
                .withMessageContaining("table p.sluice_staging.t_rejects")
                .withMessageContaining("--file");
    }

    @Test
    void loadsAMendedFileByItsOwnEnding() throws IOException {
        Path mended = Files.writeString(folder.resolve("mended.ndjson"), "{\"id\":1}\n");
        Map<String, String> arguments = redrive().arguments(mended);
        assertThat(arguments).containsEntry("redriveOf", "12").doesNotContainKeys("format", "header");
        assertThat(arguments.get("source"))
                .startsWith(folder.resolve("redrive-12-").toString())
                .endsWith(".ndjson");
    }
}
