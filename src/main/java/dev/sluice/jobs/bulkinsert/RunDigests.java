package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.StillWanted;
import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Digests of a run's files, read only for as long as the run wants them. Thread-safe. */
record RunDigests(SourceDigests digests, StillWanted wanted) {

    static RunDigests of(BulkInsertRun run, SourceDigests digests) {
        return new RunDigests(digests, run.wanted());
    }

    /**
     * Reads what this process has not digested yet.
     *
     * @throws SourceChanged as {@link SourceDigests#prove}
     * @throws dev.sluice.ledger.StopRequested if the run is to stop meanwhile
     * @throws dev.sluice.ledger.LeaseLost if it loses its lease meanwhile
     */
    SourceProof prove(List<SourceFile> files) {
        try {
            return wanted.call("source-digest", () -> digests.prove(files));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read source %s: %s".formatted(wanted.source(), e.getMessage()), e);
        }
    }
}
