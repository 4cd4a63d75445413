package dev.sluice.ledger;

import org.springframework.batch.core.job.parameters.JobParameters;

/** Which generation of an instance is the current one. Every method commits before it returns. Thread-safe. */
public interface Generations {

    /** 1 unless somebody raised it. */
    int current(InstanceKey instance);

    /**
     * Begins the generation after that of the instance.
     *
     * @param parameters of any generation of the instance
     * @param run whose work is done anew
     * @param owner of the instance's lease
     * @throws LeaseLost if it is no more
     */
    void raise(InstanceKey instance, JobParameters parameters, long run, Fence owner);
}
