package dev.sluice.jobs.retention;

import dev.sluice.ledger.InstanceKey;
import java.time.LocalDateTime;

/**
 * What may go.
 *
 * @param id the JobInstance id
 * @param lastRun the JobExecution id
 * @param ended the last of its runs, local time of the process that ran it
 */
record FinishedInstance(long id, InstanceKey key, long lastRun, LocalDateTime ended) {}
