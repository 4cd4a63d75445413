package dev.sluice.runs;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one effect, from the ledger. Numbers are null until BigQuery has told them.
 *
 * @param id the BigQuery job id
 * @param state INTENT while the outcome is unknown, DONE, or FAILED
 * @param rows that it loaded, or inserted, updated and deleted
 * @param costUsd billed bytes at the configured price, an estimate in US dollars
 */
public record RunBigQueryJob(
        String id,
        String type,
        String state,
        int attempt,
        @Nullable Long bytesProcessed,
        @Nullable Long bytesBilled,
        @Nullable Long slotMillis,
        @Nullable Long rows,
        @Nullable BigDecimal costUsd) {}
