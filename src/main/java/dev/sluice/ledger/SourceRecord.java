package dev.sluice.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What an instance reads.
 *
 * @param digest SHA-256, lower-case hex
 * @param runId the run that recorded it
 * @param stamp what the file system said of it before it was digested, SHA-256 in lower-case hex; null if nobody asked
 */
public record SourceRecord(
        String source,
        String digest,
        long sizeBytes,
        long runId,
        @Nullable String stamp) {}
