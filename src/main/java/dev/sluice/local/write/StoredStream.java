package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.rpc.Code;
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

    /** @throws WriteRefused if there is nothing to flush up to an offset, or not any more */
    void requireFlushable(long offset) {
        if (type != WriteStream.Type.BUFFERED) {
            throw refused(
                    Code.INVALID_ARGUMENT,
                    StorageErrorCode.INVALID_STREAM_TYPE,
                    "FlushRows is for BUFFERED streams only.");
        }
        if (finalized) {
            throw WriteRefused.invalid("Stream has been finalized and cannot be flushed.", name.toString());
        }
        if (offset < 0 || offset >= rows) {
            throw refused(
                    Code.OUT_OF_RANGE,
                    StorageErrorCode.OFFSET_OUT_OF_RANGE,
                    "Offset %d is beyond the end of the stream".formatted(offset));
        }
        if (offset < flushed) {
            throw refused(
                    Code.ALREADY_EXISTS,
                    StorageErrorCode.OFFSET_ALREADY_EXISTS,
                    "Offset %d has already been flushed".formatted(offset));
        }
    }

    private WriteRefused refused(Code status, StorageErrorCode code, String message) {
        return WriteRefused.of(status, code, message, name.toString());
    }
}
