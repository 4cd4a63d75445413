package dev.sluice.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did to a run.
 *
 * @param verb stop, abandon, recover, restart, rerun or redrive
 * @param before the run's status
 * @param after the run's status, or the run that came of it; null if the action never came to an end
 * @param outcome the exit code's name; null as {@code after}
 */
public record RunAction(
        Instant at,
        String verb,
        String who,
        @Nullable String why,
        String before,
        @Nullable String after,
        @Nullable String outcome) {}
