package dev.sluice.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one tick of a schedule; the component names are the names of the {@code --json} form.
 *
 * @param state DUE, QUEUED or CLAIMED while it has no end; LAUNCHED, SKIPPED, MISSED or REFUSED for ever
 * @param run the run that carries it; null if there is none
 * @param reason for people; null if a run simply began
 */
public record Tick(
        String job,
        Instant tick,
        String state,
        @Nullable Long run,
        @Nullable String reason,
        @Nullable Instant ended) {}
