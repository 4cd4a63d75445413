package dev.sluice.ledger;

import java.time.Instant;

/**
 * What a finished BigQuery job says of itself. Numbers come from its statistics, never from our own counting.
 *
 * @param bigQueryJobId id of the attempt that succeeded
 * @param type load, query, copy or extract
 * @param rowsOut rows written by a load
 * @param rowsInserted rows inserted by DML
 * @param rowsUpdated rows updated by DML
 * @param rowsDeleted rows deleted by DML
 */
public record EffectReceipt(
        String bigQueryJobId,
        String type,
        int attempt,
        long rowsOut,
        long rowsInserted,
        long rowsUpdated,
        long rowsDeleted,
        long bytesProcessed,
        long bytesBilled,
        long slotMillis,
        Instant started,
        Instant ended) {}
