package dev.sluice.ledger;

import org.springframework.batch.core.job.parameters.JobParameters;

/** Which generation of an instance is the current one. Every method commits before it returns. Thread-safe. */
public interface Generations {

    /** 1 unless somebody raised it. */
    int current(InstanceKey instance);

    /**
     * Begins another generation; to be called by whoever holds the instance's lease.
     *
     * @param parameters of any generation of the instance
     * @param run whose work is done anew
     * @return the new parameters
     */
    JobParameters raise(InstanceKey instance, JobParameters parameters, long run);
}
