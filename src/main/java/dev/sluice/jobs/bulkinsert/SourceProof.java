package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.ContentDigest;
import dev.sluice.item.source.FileStamp;
import java.util.List;

/**
 * What files contain, and what the file system said of them before and after they were read for it.
 *
 * @param settled whether whoever writes to them from then on gives them other stamps
 */
record SourceProof(List<FileStamp> stamps, ContentDigest digest, boolean settled) {

    /** @throws SourceChanged if that is not what began to be loaded */
    void requireContent(String source, String began) {
        if (!digest.sha256().equals(began)) {
            throw new SourceChanged(source, began, digest.sha256());
        }
    }

    /** @throws SourceChanged also if files with other stamps were read, whatever they contained */
    void requireContent(String source, String began, List<FileStamp> read) {
        requireContent(source, began);
        if (!stamps.equals(read)) {
            throw SourceChanged.andBack(source);
        }
    }
}
