package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceDigestsTests {

    @TempDir
    private Path folder;

    private List<SourceFile> files = List.of();
    private Instant written = Instant.EPOCH;

    @BeforeEach
    void write() throws IOException {
        files = List.of(SourceFile.of(Files.writeString(folder.resolve("a.ndjson"), "{}\n")));
        written = new SourceDigests(1, InstantSource.system())
                .stamps(files)
                .get(0)
                .written();
    }

    @Test
    void knowsWhatNobodyCanHaveWrittenToWithinTheSameTick() {
        var digests = new SourceDigests(1, InstantSource.fixed(written.plusSeconds(2)));
        SourceProof proof = digests.prove(files);
        assertThat(proof.settled()).isTrue();
        assertThat(digests.know(proof.stamps())).isTrue();
        assertThat(digests.prove(files)).isEqualTo(proof);
    }

    @Test
    void digestsAgainWhatIsTooYoung() {
        var digests = new SourceDigests(1, InstantSource.fixed(written.plusMillis(1_999)));
        SourceProof proof = digests.prove(files);
        assertThat(proof.settled()).isFalse();
        assertThat(digests.know(proof.stamps())).isFalse();
        assertThat(digests.prove(files)).isEqualTo(proof);
    }

    @Test
    void knowsInTheEndWhatIsWrittenInTheFuture() {
        var now = new AtomicReference<>(Instant.EPOCH);
        var digests = new SourceDigests(1, now::get);
        assertThat(digests.prove(files).settled()).isFalse();
        now.set(Instant.EPOCH.plusSeconds(2));
        assertThat(digests.prove(files).settled()).isTrue();
    }

    @Test
    void refusesWhatEndsTooEarlyBecauseSomebodyWritesToIt() throws IOException {
        SourceFile file = SourceFile.of(Files.write(folder.resolve("b.ndjson.gz"), new byte[] {31}));
        assertThatExceptionOfType(SourceChanged.class)
                .isThrownBy(() -> new SourceDigests(1, () -> rewrite(file.path())).prove(List.of(file)));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new SourceDigests(1, InstantSource.system()).prove(List.of(file)));
    }

    @Test
    void refusesWhatIsWrittenToWhileItIsRead() {
        // the clock is asked between the first look at the file and its first byte
        var digests = new SourceDigests(1, () -> rewrite(files.get(0).path()));
        assertThatExceptionOfType(SourceChanged.class)
                .isThrownBy(() -> digests.prove(files))
                .withMessageContaining("it changed while it was read; nothing was published")
                .returns(7, SourceChanged::exitCode);
    }

    private static Instant rewrite(Path file) {
        try {
            Files.writeString(file, "{ }\n");
            return Instant.EPOCH;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
