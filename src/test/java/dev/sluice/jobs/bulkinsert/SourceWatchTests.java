package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.bigquery.LoadContent;
import dev.sluice.item.LoadProgress;
import dev.sluice.item.LoadUnit;
import dev.sluice.item.source.SourceFile;
import dev.sluice.ledger.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** As in a process that resumes what another one began. */
class SourceWatchTests {

    private static final LoadUnit UNIT =
            new LoadUnit(0, LoadProgress.from(new ExecutionContext()), 1, List.of(), new NoContent(), 0);

    @TempDir
    private Path folder;

    private List<SourceFile> files = List.of();
    private SourceRecord began = new SourceRecord("", "", 0, 1, null);

    @BeforeEach
    void begin() throws IOException {
        files = List.of(SourceFile.of(Files.writeString(folder.resolve("a.ndjson"), "{}\n")));
        var digests = new SourceDigests(1);
        String stamp = SourceDigests.name(digests.stamps(files));
        began = new SourceRecord("a", digests.of(files).sha256(), 3, 1, stamp);
    }

    private SourceWatch watch(SourceRecord record) {
        return new SourceWatch("a", files, new SourceDigests(1), record);
    }

    @Test
    void provesBeforeTheFirstCommitWhatTheFileSystemSaid() {
        try (SourceWatch watch = watch(began)) {
            watch.begin();
            watch.beforeSending(UNIT);
            watch.beforeCommitting();
        }
    }

    @Test
    void sendsButNeverCommitsWhatTheFileSystemLiedAbout() {
        try (SourceWatch watch = watch(new SourceRecord("a", "another", 3, 1, began.stamp()))) {
            watch.begin();
            watch.beforeSending(UNIT);
            assertThatExceptionOfType(SourceChanged.class)
                    .isThrownBy(watch::beforeCommitting)
                    .withMessageContaining("SHA-256 was another and is " + SourceChanged.brief(began.digest()));
        }
    }

    @Test
    void readsNothingOfFilesThatHaveBeenTouchedAndAreOthers() throws IOException {
        Files.writeString(folder.resolve("a.ndjson"), "[]\n");
        try (SourceWatch watch = watch(began)) {
            assertThatExceptionOfType(SourceChanged.class).isThrownBy(watch::begin);
        }
    }

    @Test
    void takesFilesThatHaveBeenTouchedAndAreTheSame() throws IOException {
        Files.writeString(folder.resolve("a.ndjson"), "{}\n");
        var digests = new SourceDigests(1);
        assertThat(SourceDigests.name(digests.stamps(files))).isNotEqualTo(began.stamp());
        try (SourceWatch watch = new SourceWatch("a", files, digests, began)) {
            watch.begin();
            watch.beforeSending(UNIT);
            watch.beforeCommitting();
        }
    }

    private record NoContent() implements LoadContent {

        @Override
        public long size() {
            return 0;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }
}
