package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.bigquery.LoadContent;
import dev.sluice.item.LoadProgress;
import dev.sluice.item.LoadUnit;
import dev.sluice.item.StillWanted;
import dev.sluice.item.source.SourceFile;
import dev.sluice.ledger.SourceRecord;
import dev.sluice.ledger.StopRequested;
import dev.sluice.ledger.UndisputedFence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** As in a process that resumes what another one began. */
class SourceWatchTests {

    private static final LoadUnit UNIT =
            new LoadUnit(0, LoadProgress.from(new ExecutionContext()), 1, List.of(), new NoContent(), 0, 0);

    private static final InstantSource LONG_AFTER = InstantSource.fixed(Instant.parse("2999-01-01T00:00:00Z"));

    @TempDir
    private Path folder;

    private List<SourceFile> files = List.of();
    private SourceRecord began = new SourceRecord("", "", 0, 1, null);

    @BeforeEach
    void begin() throws IOException {
        files = List.of(
                SourceFile.of(Files.writeString(folder.resolve("a.ndjson"), "{}\n")),
                SourceFile.of(Files.writeString(folder.resolve("b.ndjson"), "{}\n")));
        SourceProof proof = new SourceDigests(1, LONG_AFTER).prove(files);
        began = new SourceRecord("a", proof.digest().sha256(), 6, 1, SourceDigests.name(proof.stamps()));
    }

    private SourceWatch watch(SourceRecord record, InstantSource clock, boolean stopRequested) {
        return new SourceWatch(
                files, new SourceDigests(1, clock), record, new StillWanted(new UndisputedFence(stopRequested), "a"));
    }

    private SourceWatch watch(SourceRecord record) {
        return watch(record, LONG_AFTER, false);
    }

    /** Another modification time, since a tick of the file system's clock may be longer than a test. */
    private void rewrite(SourceFile file, String content) throws IOException {
        Files.setLastModifiedTime(Files.writeString(file.path(), content), FileTime.from(Instant.EPOCH));
    }

    private static void load(SourceWatch watch) {
        watch.beforeSending(UNIT);
        watch.beforeCommitting();
    }

    @Test
    void provesBeforeTheFirstCommitWhatTheFileSystemSaid() {
        try (SourceWatch watch = watch(began)) {
            watch.begin();
            load(watch);
        }
    }

    @Test
    void sendsButNeverCommitsWhatTheFileSystemLiedAbout() {
        try (SourceWatch watch = watch(new SourceRecord("a", "another", 6, 1, began.stamp()))) {
            watch.begin();
            watch.beforeSending(UNIT);
            assertThatExceptionOfType(SourceChanged.class)
                    .isThrownBy(watch::beforeCommitting)
                    .withMessageContaining("SHA-256 was another and is " + SourceChanged.brief(began.digest()));
        }
    }

    @Test
    void readsNothingOfFilesThatHaveBeenTouchedAndAreOthers() throws IOException {
        rewrite(files.get(0), "[]\n");
        try (SourceWatch watch = watch(began)) {
            assertThatExceptionOfType(SourceChanged.class).isThrownBy(watch::begin);
        }
    }

    @Test
    void takesFilesThatHaveBeenTouchedAndAreTheSame() throws IOException {
        rewrite(files.get(0), "{}\n");
        assertThat(SourceDigests.name(new SourceDigests(1, LONG_AFTER).stamps(files)))
                .isNotEqualTo(began.stamp());
        try (SourceWatch watch = watch(began)) {
            watch.begin();
            load(watch);
        }
    }

    @Test
    void sendsNothingOfFilesThatWereOthersMeanwhile() throws IOException {
        try (SourceWatch watch = watch(began)) {
            watch.begin();
            rewrite(files.get(0), "{}\n");
            assertThatExceptionOfType(SourceChanged.class)
                    .isThrownBy(() -> watch.beforeSending(UNIT))
                    .withMessageContaining("it is now as it was");
        }
    }

    @Test
    void takesNoProofOfOtherFilesThanWereThereInTheBeginning() throws IOException {
        try (SourceWatch watch = watch(began)) {
            watch.begin();
            rewrite(files.get(1), "{}\n");
            // reads nothing of the second file yet
            watch.beforeSending(UNIT);
            assertThatExceptionOfType(SourceChanged.class)
                    .isThrownBy(watch::beforeCommitting)
                    .withMessageContaining("wrote to it or changed its attributes");
        }
    }

    @ParameterizedTest
    @CsvSource({"1970-01-01T00:00:00Z, 3", "2999-01-01T00:00:00Z, 1"})
    void provesUnitByUnitWhileStampsAreTooYoung(Instant now, int proofs) {
        var looks = new AtomicInteger();
        InstantSource clock = () -> {
            looks.incrementAndGet();
            return now;
        };
        try (SourceWatch watch = watch(new SourceRecord("a", began.digest(), 6, 1, null), clock, false)) {
            watch.begin();
            load(watch);
            load(watch);
        }
        assertThat(looks).hasValue(proofs * files.size());
    }

    @Test
    void waitsNoLongerIfTheRunIsToStop() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        InstantSource endless = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Instant.EPOCH;
        };
        try (SourceWatch watch = watch(began, endless, true)) {
            watch.begin();
            watch.beforeSending(UNIT);
            assertThatExceptionOfType(StopRequested.class).isThrownBy(watch::beforeCommitting);
        }
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
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
