package dev.sluice.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a finished instance did: {@code read = rejected + staged}, {@code staged = inserted + updated + unchanged}.
 *
 * @param rowsDeleted rows that were there and are gone; none of the staged ones
 * @param sourceDigest SHA-256, lower-case hex
 * @param rejectFile null if no row was rejected
 */
public record Receipt(
        long rowsRead,
        long rowsRejected,
        long rowsStaged,
        long rowsInserted,
        long rowsUpdated,
        long rowsUnchanged,
        long rowsDeleted,
        String sourceDigest,
        @Nullable String rejectFile) {

    public Receipt {
        if (rowsRead != rowsRejected + rowsStaged || rowsStaged != rowsInserted + rowsUpdated + rowsUnchanged) {
            throw new IllegalArgumentException(
                    "receipt does not add up: read %d, rejected %d, staged %d, inserted %d, updated %d, unchanged %d"
                            .formatted(rowsRead, rowsRejected, rowsStaged, rowsInserted, rowsUpdated, rowsUnchanged));
        }
    }
}
