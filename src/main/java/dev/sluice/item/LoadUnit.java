package dev.sluice.item;

import dev.sluice.bigquery.LoadContent;
import java.util.List;

/**
 * A block of consecutive rows of a source: the item of a bulk load, and what one load job carries.
 *
 * @param from offset of its first byte, as if all files of the source were one
 * @param behind how far the load has come with this unit
 * @param rowsRead accepted and rejected rows
 * @param content the accepted rows as newline-delimited JSON
 * @param checksum CRC32C of the content
 * @param longestRow bytes of the longest line of the content
 */
public record LoadUnit(
        long from,
        LoadProgress behind,
        long rowsRead,
        List<RejectedRow> rejected,
        LoadContent content,
        int checksum,
        long longestRow) {

    /** Names the unit within its step, whatever the unit size was. */
    public String range() {
        return "bytes " + from + "-" + to();
    }

    /** Offset behind its last byte, as {@link #from}. */
    public long to() {
        return behind.position().total();
    }

    public long rowsAccepted() {
        return rowsRead - rejected.size();
    }

    /** What tells the unit from all others: which source, where in it, and what came of it. SHA-256 in lower-case hex. */
    public String digest(String sourceDigest) {
        return Sha256.of("%s\n%s\n%d\n%08x".formatted(sourceDigest, range(), rowsAccepted(), checksum));
    }

    /** To be called when the unit has been dealt with: gives its memory back, and the content is empty from then on. */
    public void release() {
        if (content instanceof BlockContent rows) {
            rows.release();
        }
    }
}
