package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.LoadContent;
import dev.sluice.item.source.SourceFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file as it is, and as it was when it was digested: its end is never reached if somebody has written to it since, so that
 * no load job gets the last of another file's bytes. Thread-safe.
 */
final class WholeFile implements LoadContent {

    private final SourceFile file;
    private final RunDigests digests;
    private final SourceProof began;

    WholeFile(SourceFile file, RunDigests digests) {
        this.file = file;
        this.digests = digests;
        this.began = digests.prove(List.of(file));
    }

    Path path() {
        return file.path();
    }

    String digest() {
        return began.digest().sha256();
    }

    @Override
    public long size() {
        return began.digest().size();
    }

    /** @throws SourceChanged if somebody has written to it since it was digested */
    void requireUntouched() {
        digests.prove(List.of(file)).requireContent(path().toString(), digest(), began.stamps());
    }

    /** Throws {@link SourceChanged} at its end, after all that was read, if it is not what was digested. */
    @Override
    public InputStream open() throws IOException {
        return new FilterInputStream(Files.newInputStream(path())) {

            @Override
            public int read() throws IOException {
                return seen(super.read());
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return seen(super.read(bytes, offset, length));
            }

            private int seen(int result) {
                if (result < 0) {
                    requireUntouched();
                }
                return result;
            }
        };
    }
}
