package dev.sluice.definition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * May this start? A family offers one per job, as a bean; it is asked with valid, typed parameters, before an instance
 * exists and before a lease is taken, on every start and restart. It has no effects.
 */
public interface LaunchCheck {

    /** The name of the job it speaks for. */
    String job();

    /**
     * @param parameters every parameter that has a value, defaults included, paths absolute
     * @param jobKey Spring Batch's JOB_KEY of the identifying ones
     * @param generation 1, or more if what is finished is to be done anew
     * @param completedRun the run that completed this instance, if one did; such a start is never allowed, and the check
     *     may say more about it
     */
    LaunchVerdict check(Map<String, String> parameters, String jobKey, int generation, @Nullable Long completedRun);
}
