package dev.sluice.launch;

import dev.sluice.definition.JobDefinition;
import dev.sluice.definition.JobParameterDefinition;
import dev.sluice.ledger.InstanceKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * One job with valid parameters.
 *
 * @param values without the generation, which is nobody's to give
 */
record LaunchRequest(String job, Map<String, String> values, JobParameters parameters) {

    static LaunchRequest of(JobDefinition job, Map<String, String> values) {
        var parameters = new JobParametersBuilder();
        for (JobParameterDefinition parameter : job.parameters()) {
            String value = values.get(parameter.name());
            if (value != null) {
                parameters.addString(parameter.name(), value, parameter.identifying());
            }
        }
        return new LaunchRequest(job.name(), values, parameters.toJobParameters());
    }

    static LaunchRequest of(JobExecution execution) {
        Map<String, String> values = new LinkedHashMap<>();
        execution
                .getJobParameters()
                .forEach(parameter -> values.put(parameter.name(), String.valueOf(parameter.value())));
        values.remove(InstanceKey.GENERATION);
        return new LaunchRequest(execution.getJobInstance().getJobName(), values, execution.getJobParameters());
    }

    InstanceKey instance() {
        return InstanceKey.of(job, parameters);
    }

    LaunchRequest inGeneration(int generation) {
        return new LaunchRequest(job, values, InstanceKey.inGeneration(generation, parameters));
    }
}
