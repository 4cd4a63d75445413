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
 * @param digest SHA-256 (lower-case hex) of the content
 */
public record LoadUnit(
        long from, LoadProgress behind, long rowsRead, List<RejectedRow> rejected, LoadContent content, String digest) {

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
}
