package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.LoadUnit;
import dev.sluice.item.StillWanted;
import dev.sluice.item.source.FileStamp;
import dev.sluice.item.source.SourceFile;
import dev.sluice.ledger.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what a step execution stages is what its instance began with. To read and to send, the file system's word
 * is enough that nobody has written to the files; before a first unit is committed, they are digested again, on a thread of
 * its own while that unit is on its way, and so are they before the next ones while their stamps are too young to tell one
 * writer from the next. What this process has digested already is not read again. Not thread-safe.
 */
final class SourceWatch implements AutoCloseable {

    private final List<SourceFile> files;
    private final SourceDigests digests;
    private final SourceRecord began;
    private final StillWanted wanted;

    private List<FileStamp> stamps = List.of();
    private int firstFile;
    private @Nullable FutureTask<SourceProof> proof;
    private boolean proven;

    SourceWatch(List<SourceFile> files, SourceDigests digests, SourceRecord began, StillWanted wanted) {
        this.files = files;
        this.digests = digests;
        this.began = began;
        this.wanted = wanted;
    }

    /**
     * To be called before anything is read.
     *
     * @throws SourceChanged if the files are known to be others than they were, or have been touched and turn out to be
     */
    void begin() {
        stamps = digests.stamps(files);
        if (digests.know(stamps) || !SourceDigests.name(stamps).equals(began.stamp())) {
            SourceProof now = new RunDigests(digests, wanted).prove(files);
            now.requireContent(wanted.source(), began.digest());
            stamps = now.stamps();
            proven = now.settled();
        }
    }

    /**
     * To be called when a unit has been read, before it is sent.
     *
     * @throws SourceChanged if somebody has written to its files since the beginning, so that it may be of either content
     */
    void beforeSending(LoadUnit unit) {
        int behind = Math.min(unit.behind().position().file() + 1, files.size());
        boolean touched = !digests.stamps(files.subList(firstFile, behind)).equals(stamps.subList(firstFile, behind));
        if (touched || !proven) {
            prove();
        }
        if (touched) {
            await().requireContent(wanted.source(), began.digest());
            throw SourceChanged.andBack(wanted.source());
        }
        firstFile = behind - 1;
    }

    /**
     * To be called when a unit has arrived, before it is committed; blocks until the files have been digested, for as long
     * as the lease lasts and nobody asks to stop.
     *
     * @throws SourceChanged if they are not what the instance began with, whatever the file system says
     */
    void beforeCommitting() {
        if (!proven) {
            SourceProof now = await();
            now.requireContent(wanted.source(), began.digest(), stamps);
            proven = now.settled();
        }
    }

    private void prove() {
        close();
        proof = new FutureTask<>(() -> digests.prove(files));
        var thread = new Thread(proof, "source-digest");
        thread.setDaemon(true);
        thread.start();
    }

    private SourceProof await() {
        try {
            return wanted.await(Objects.requireNonNull(proof, "a unit is sent first"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read source %s: %s".formatted(wanted.source(), e.getMessage()), e);
        }
    }

    /** Whoever is digesting stops soon. */
    @Override
    public void close() {
        if (proof != null) {
            proof.cancel(true);
        }
    }
}
