package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultCall;
import dev.sluice.local.fault.FaultPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the faults of a plan mean to jobs that begin to run. Thread-safe. */
final class JobFaults {

    private static final Fate NONE = new Fate(0, null);

    private final FaultPlan plan;
    private final MovableClock clock;

    JobFaults(FaultPlan plan, MovableClock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /**
     * @param millis how long the job is RUNNING before anything is done
     * @param failure how it ends then; null if it is done
     */
    record Fate(long millis, @Nullable ApiError failure) {

        /** That it fails, if nothing else was asked for. */
        Fate orFailure(ApiError error) {
            return failure == null ? new Fate(millis, error) : this;
        }
    }

    Fate of(Job job) {
        String id = job.getJobReference().getJobId();
        Optional<Fault> fault =
                plan.next(new FaultCall(FaultCall.JOB, "RUN", "/jobs/" + id, dataset(job.getConfiguration()), id));
        return fault.isEmpty() ? NONE : of(fault.get());
    }

    private Fate of(Fault fault) {
        if (fault instanceof Fault.ClockAhead ahead) {
            clock.advance(ahead.more());
        }
        long millis = fault instanceof Fault.Stall stall
                ? stall.length().toMillis()
                : fault instanceof Fault.FailLate late ? late.length().toMillis() : 0;
        return new Fate(millis, FaultyCalls.failure(fault).orElse(null));
    }

    private static String dataset(JobConfiguration configuration) {
        TableReference destination = destination(configuration);
        return destination == null || destination.getDatasetId() == null ? "" : destination.getDatasetId();
    }

    private static @Nullable TableReference destination(JobConfiguration configuration) {
        if (configuration.getLoad() != null) {
            return configuration.getLoad().getDestinationTable();
        }
        if (configuration.getCopy() != null) {
            return configuration.getCopy().getDestinationTable();
        }
        return configuration.getQuery() == null
                ? null
                : configuration.getQuery().getDestinationTable();
    }
}
