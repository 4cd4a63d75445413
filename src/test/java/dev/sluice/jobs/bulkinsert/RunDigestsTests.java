package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.item.StillWanted;
import dev.sluice.item.source.SourceFile;
import dev.sluice.ledger.StopRequested;
import dev.sluice.ledger.UndisputedFence;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunDigestsTests {

    private static final long MUCH = 1L << 38;

    @TempDir
    private Path folder;

    /** Of no bytes on the disk, which take many minutes to read all the same. */
    private SourceFile endless() throws IOException {
        Path path = folder.resolve("rows.ndjson");
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(MUCH);
        }
        return SourceFile.of(path);
    }

    @Test
    @Timeout(60)
    void endWhenTheRunIsToStopHoweverLargeTheFileIs() throws IOException {
        var digests = new RunDigests(
                new SourceDigests(1, InstantSource.system()),
                new StillWanted(new UndisputedFence(true), "rows.ndjson"));
        List<SourceFile> files = List.of(endless());
        assertThatExceptionOfType(StopRequested.class).isThrownBy(() -> digests.prove(files));
    }

    @Test
    void areThoseOfTheProcess() throws IOException {
        SourceFile file = SourceFile.of(Files.writeString(folder.resolve("a.ndjson"), "{}\n"));
        var digests = new SourceDigests(1, InstantSource.system());
        assertThat(new RunDigests(digests, new StillWanted(new UndisputedFence(false), "a")).prove(List.of(file)))
                .isEqualTo(digests.prove(List.of(file)));
    }
}
