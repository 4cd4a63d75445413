package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.Job;
import java.util.Optional;
import java.util.function.Function;

/**
 * Begins observations.
 *
 * @param lookUp asks BigQuery for a job by its id; empty if there is no answer
 */
record Observations(JobObserver observer, Function<String, Optional<Job>> lookUp) {

    Observation begin(JobPurpose purpose, Deadline deadline) {
        return new Observation(observer, lookUp, purpose, deadline);
    }
}
