package dev.sluice.launch;

import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Lease;
import dev.sluice.ledger.Leases;
import dev.sluice.ledger.RunSummaries;
import java.time.Clock;
import java.util.function.Function;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Lets at most one process at a time work on a job instance, on any number of nodes. Spring Batch checks and acts in
 * separate transactions, so a lease is the gate and everything happens while it is held. Usable with any Spring Batch
 * job: it needs a job repository and a database with the table SLUICE_LEASE, and nothing else of Sluice. Thread-safe.
 */
public interface LaunchGate {

    /** @param operator runs jobs on the calling thread */
    static LaunchGate of(JobRepository repository, JobOperator operator, Leases leases, Clock clock) {
        return new LeasedLaunchGate(new InstanceRuns(repository, RunSummaries.NONE, clock), operator, leases);
    }

    /**
     * Starts an instance, or resumes what an earlier run of it left, that run's owner being dead or gone; blocks until
     * the run has ended.
     *
     * @return how it ended, or that it is completed, abandoned, or somebody else's who is named
     */
    default LaunchOutcome launch(Job job, JobParameters parameters, LaunchObserver observer) {
        return owning(InstanceKey.of(job.getName(), parameters), lease -> launch(lease, job, parameters, observer));
    }

    /** As {@link #launch(Job, JobParameters, LaunchObserver)}, by the owner of the instance's lease. */
    LaunchOutcome launch(Lease lease, Job job, JobParameters parameters, LaunchObserver observer);

    /** Does something to an instance as its owner, or names the one it has. The lease is released in the end. */
    LaunchOutcome owning(InstanceKey instance, Function<Lease, LaunchOutcome> work);
}
