package dev.sluice.local.fault;

/**
 * What a fault may hit.
 *
 * @param kind as fault scripts name it
 * @param method of HTTP, or what stands for it
 * @param dataset that it is about; empty if that is not known yet
 * @param job id of the BigQuery job that it is about; empty if that is not known yet
 */
public record FaultCall(String kind, String method, String path, String dataset, String job) {

    /** Not a call: a BigQuery job that begins to run. */
    public static final String JOB = "job";
}
