package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.item.StillWanted;
import dev.sluice.item.source.SourceFile;
import dev.sluice.ledger.UndisputedFence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeFileTests {

    @TempDir
    private Path folder;

    private Path path = Path.of("");

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(folder.resolve("a.avro"), "right");
    }

    private WholeFile file(boolean settled) {
        Instant now = settled ? Instant.parse("2999-01-01T00:00:00Z") : Instant.EPOCH;
        var digests = new SourceDigests(1, InstantSource.fixed(now));
        return new WholeFile(
                SourceFile.of(path),
                new RunDigests(digests, new StillWanted(new UndisputedFence(false), path.toString())));
    }

    private void write(String content, long seconds) throws IOException {
        Files.setLastModifiedTime(Files.writeString(path, content), FileTime.from(Instant.EPOCH.plusSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasAnEndIfNobodyHasWrittenToIt(boolean settled) throws IOException {
        try (InputStream in = file(settled).open(2)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("ght");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverEndsIfItIsAnother(boolean settled) throws IOException {
        try (InputStream in = file(settled).open()) {
            assertThat(in.readNBytes(5)).asString().isEqualTo("right");
            write("wrong", 1);
            assertThatExceptionOfType(SourceChanged.class)
                    .isThrownBy(in::read)
                    .withMessageContaining("changed while it was loaded");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverEndsIfItWasAnotherMeanwhile(boolean settled) throws IOException {
        WholeFile file = file(settled);
        write("wrong", 1);
        try (InputStream in = file.open()) {
            assertThat(in.readNBytes(5)).asString().isEqualTo("wrong");
            write("right", 2);
            assertThatExceptionOfType(SourceChanged.class)
                    .isThrownBy(in::read)
                    .withMessageContaining("wrote to it or changed its attributes");
        }
    }
}
