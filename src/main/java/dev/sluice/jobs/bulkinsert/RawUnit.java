package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.FileOrigin;
import dev.sluice.item.Sha256;
import dev.sluice.item.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/**
 * What one load job reads into the raw table: one file, or all objects at once.
 *
 * @param number from 0
 * @param name for people
 * @param digest SHA-256 of what the file contains; of what the objects are called, since nobody has read them yet
 * @param bytes 0 if nobody knows
 */
record RawUnit(int number, String name, String digest, long bytes, FileOrigin origin) {

    static List<RawUnit> of(BulkInsertInput input, RunDigests digests) {
        if (input.isObjects()) {
            String names = String.join(",", input.uris());
            return List.of(new RawUnit(0, names, Sha256.of(names), 0, new FileOrigin.Objects(input.uris())));
        }
        List<RawUnit> units = new ArrayList<>();
        for (SourceFile file : input.files()) {
            var whole = new WholeFile(file, digests);
            units.add(new RawUnit(
                    units.size(), whole.path().toString(), whole.digest(), whole.size(), new FileOrigin.Upload(whole)));
        }
        return units;
    }

    String range() {
        return "file " + number;
    }

    /** @throws SourceChanged if it is a file and somebody has written to it since it was digested */
    void requireUntouched() {
        if (origin instanceof FileOrigin.Upload upload && upload.content() instanceof WholeFile file) {
            file.requireUntouched();
        }
    }
}
