package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.WriteStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that an application has created.
 *
 * @param created in milliseconds since the epoch, like the other time
 * @param rows that were appended: the offset of the next one
 * @param flushed how many of them can be read
 * @param committed null before the commit of a pending stream
 */
record StoredStream(
        StreamName name,
        long number,
        WriteStream.Type type,
        long created,
        long rows,
        long flushed,
        boolean finalized,
        @Nullable Long committed) {

    /** Where rows wait until they can be read. */
    String stagingTable() {
        return "s" + number;
    }
}
