package dev.sluice.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person has to look at.
 *
 * @param run the run it is about; null if there is none
 */
public record Alert(String kind, String job, @Nullable Long run, String message, Instant raised) {}
