package dev.sluice.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter that a job file declares.
 *
 * @param defaultValue null if there is none
 * @param choices allowed values of a {@link ParameterType#CHOICE}; empty for other types
 * @param identifying whether it is part of the job instance's identity
 */
public record JobParameterDefinition(
        String name,
        ParameterType type,
        boolean required,
        @Nullable String defaultValue,
        List<String> choices,
        boolean identifying,
        String description) {

    boolean sharesNameWith(JobParameterDefinition other) {
        return name.equals(other.name);
    }
}
