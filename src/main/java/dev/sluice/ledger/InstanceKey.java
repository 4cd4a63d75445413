package dev.sluice.ledger;

import org.springframework.batch.core.job.DefaultJobKeyGenerator;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * What a lease is taken on and what effects belong to: one job with one set of identifying parameters.
 *
 * @param job the Spring Batch job name
 * @param jobKey Spring Batch's JOB_KEY of the identifying parameters, the generation left out
 * @param generation 1 for the first run of these parameters; raised only by an explicit re-run
 */
public record InstanceKey(String job, String jobKey, int generation) {

    /** The identifying parameter that tells a re-run from what it does anew; jobs cannot declare it. */
    public static final String GENERATION = "generation";

    /** @param parameters of an execution, or those of one to come */
    public static InstanceKey of(String job, JobParameters parameters) {
        String generation = parameters.getString(GENERATION);
        return new InstanceKey(job, key(without(parameters)), generation == null ? 1 : Integer.parseInt(generation));
    }

    /** The parameters of another generation of the same instance. */
    public static JobParameters inGeneration(int generation, JobParameters parameters) {
        JobParametersBuilder others = new JobParametersBuilder(without(parameters));
        return generation == 1
                ? others.toJobParameters()
                : others.addString(GENERATION, String.valueOf(generation)).toJobParameters();
    }

    /** Under which Spring Batch knows an instance with these parameters. */
    static String key(JobParameters parameters) {
        return new DefaultJobKeyGenerator().generateKey(parameters);
    }

    private static JobParameters without(JobParameters parameters) {
        var others = new JobParametersBuilder();
        for (JobParameter<?> parameter : parameters) {
            if (!parameter.name().equals(GENERATION)) {
                others.addJobParameter(parameter);
            }
        }
        return others.toJobParameters();
    }
}
