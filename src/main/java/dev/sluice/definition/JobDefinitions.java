package dev.sluice.definition;

import java.util.List;
import java.util.Optional;

/** All job files of a checkout, checked against {@code jobs/job.schema.json} when loaded. Immutable. */
public interface JobDefinitions {

    /** By name, in alphabetical order. */
    List<JobDefinition> all();

    Optional<JobDefinition> find(String name);
}
