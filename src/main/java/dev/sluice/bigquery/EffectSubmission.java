package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.Job;

/** Hands one job to BigQuery; a 409 counts as handed over, since the caller compares what is there. */
@FunctionalInterface
interface EffectSubmission {

    void submit(Job job, Purpose purpose, Deadline deadline);
}
