package dev.sluice.bigquery;

/** Is told of BigQuery jobs. Called by whoever waited: it neither blocks nor throws. Thread-safe. */
@FunctionalInterface
public interface JobObserver {

    /** Looks the other way. */
    JobObserver NONE = job -> {};

    /** A caller has stopped waiting for a BigQuery job, with or without its result. */
    void ended(ObservedJob job);
}
