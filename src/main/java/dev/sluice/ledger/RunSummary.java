package dev.sluice.ledger;

import java.time.LocalDateTime;
import org.springframework.batch.core.job.parameters.JobParameters;

/**
 * What is left of a run whose history was purged: enough to know that its work is done, and to do it anew.
 *
 * @param run the JobExecution id that it had
 * @param status in which it ended, by Spring Batch's names; an instance's last run is COMPLETED or ABANDONED
 * @param ended local time of the process that ran it, as Spring Batch keeps it
 * @param parameters the generation included
 */
public record RunSummary(
        long run, long instanceId, String job, String status, LocalDateTime ended, JobParameters parameters) {}
