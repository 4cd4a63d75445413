package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.Job;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells an observer how the wait for one BigQuery job ended, whichever way that was. For one thread. */
final class Observation {

    private final JobObserver observer;
    private final Function<String, Optional<Job>> lookUp;
    private final JobPurpose purpose;
    private final Deadline deadline;
    private final Duration began;
    private final int repeatedBefore;
    private @Nullable String bigQueryJobId;
    private JobFigures known = JobFigures.UNKNOWN;

    /** @param lookUp asks BigQuery for a job by its id; empty if there is no answer */
    Observation(JobObserver observer, Function<String, Optional<Job>> lookUp, JobPurpose purpose, Deadline deadline) {
        this.observer = observer;
        this.lookUp = lookUp;
        this.purpose = purpose;
        this.deadline = deadline;
        this.began = deadline.elapsed();
        this.repeatedBefore = deadline.repetitions();
    }

    void submitted(@Nullable String id) {
        bigQueryJobId = id;
    }

    void learned(JobFigures figures) {
        known = figures;
    }

    <T> T during(Supplier<T> work) {
        JobOutcome outcome = JobOutcome.FAILED;
        try {
            T result = work.get();
            outcome = JobOutcome.DONE;
            return result;
        } catch (DeadlineExceeded e) {
            outcome = JobOutcome.DEADLINE_EXCEEDED;
            throw e;
        } catch (Permanent e) {
            outcome = e.reason().equals("stopped") ? JobOutcome.STOPPED : JobOutcome.FAILED;
            throw e;
        } finally {
            observer.ended(observed(outcome));
        }
    }

    private ObservedJob observed(JobOutcome outcome) {
        return new ObservedJob(
                purpose,
                bigQueryJobId,
                outcome,
                deadline.elapsed().minus(began),
                deadline.repetitions() - repeatedBefore,
                known,
                asked(bigQueryJobId, known));
    }

    private Supplier<JobFigures> asked(@Nullable String id, JobFigures soFar) {
        boolean complete = soFar.bytesBilled() != null || Boolean.TRUE.equals(soFar.cacheHit());
        if (id == null || complete) {
            return () -> soFar;
        }
        return () -> lookUp.apply(id).map(soFar::with).orElse(soFar);
    }
}
