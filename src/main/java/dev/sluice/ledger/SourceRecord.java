package dev.sluice.ledger;

/**
 * What an instance reads.
 *
 * @param digest SHA-256, lower-case hex
 * @param runId the run that recorded it
 */
public record SourceRecord(String source, String digest, long sizeBytes, long runId) {}
