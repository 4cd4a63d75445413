package dev.sluice.ledger;

/**
 * What a lease is taken on and what effects belong to: one job with one set of identifying parameters.
 *
 * @param job the Spring Batch job name
 * @param jobKey Spring Batch's JOB_KEY of the identifying parameters
 * @param generation 1 for the first run of these parameters; raised only by an explicit re-run
 */
public record InstanceKey(String job, String jobKey, int generation) {}
