package dev.sluice.definition;

import java.util.List;
import org.springframework.batch.core.job.parameters.JobParameters;

/** A job whose steps depend on what it is given. */
public interface StepsByParameters {

    /** In the order in which a run with these parameters would go through them. */
    List<String> stepNames(JobParameters parameters);
}
