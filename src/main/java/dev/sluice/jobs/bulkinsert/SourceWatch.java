package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.ContentDigest;
import dev.sluice.item.LoadUnit;
import dev.sluice.item.source.FileStamp;
import dev.sluice.item.source.SourceFile;
import dev.sluice.ledger.SourceRecord;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Sees to it that what a step execution stages is what its instance began with. To read and to send, the file system's word
 * is enough that nobody has written to the files; before a first unit is committed, they are digested again, on a thread of
 * its own while that unit is on its way. What this process has digested already is not read again. Not thread-safe.
 */
final class SourceWatch implements AutoCloseable {

    private final String source;
    private final List<SourceFile> files;
    private final SourceDigests digests;
    private final SourceRecord began;
    private final FutureTask<ContentDigest> proof;

    private List<FileStamp> stamps = List.of();
    private int firstFile;
    private boolean proving;
    private boolean proven;

    /** @param source for people */
    SourceWatch(String source, List<SourceFile> files, SourceDigests digests, SourceRecord began) {
        this.source = source;
        this.files = files;
        this.digests = digests;
        this.began = began;
        this.proof = new FutureTask<>(() -> digests.of(files));
    }

    /**
     * To be called before anything is read.
     *
     * @throws SourceChanged if the files are known to be others than they were, or have been touched and turn out to be
     */
    void begin() {
        stamps = digests.stamps(files);
        if (digests.know(stamps) || !SourceDigests.name(stamps).equals(began.stamp())) {
            requireSame(digests.of(files));
            proven = true;
        }
    }

    /**
     * To be called when a unit has been read, before it is sent.
     *
     * @throws SourceChanged if somebody has written to its files since the beginning, so that it may be of either content
     */
    void beforeSending(LoadUnit unit) {
        int behind = Math.min(unit.behind().position().file() + 1, files.size());
        if (!digests.stamps(files.subList(firstFile, behind)).equals(stamps.subList(firstFile, behind))) {
            requireSame(digests.of(files));
            throw SourceChanged.andBack(source);
        }
        firstFile = behind - 1;
        if (!proven && !proving) {
            proving = true;
            var thread = new Thread(proof, "source-digest");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * To be called when a unit has arrived, before it is committed; blocks until the files have been digested once.
     *
     * @throws SourceChanged if they are not what the instance began with, whatever the file system says
     */
    void beforeCommitting() {
        if (!proven) {
            requireSame(await());
            proven = true;
        }
    }

    private ContentDigest await() {
        try {
            return proof.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while the source was digested");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void requireSame(ContentDigest now) {
        if (!now.sha256().equals(began.digest())) {
            throw new SourceChanged(source, began.digest(), now.sha256());
        }
    }

    /** Whoever is digesting stops soon. */
    @Override
    public void close() {
        proof.cancel(true);
    }
}
