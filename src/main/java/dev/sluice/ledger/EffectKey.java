package dev.sluice.ledger;

/**
 * Names one unit of work by its content, so that the same work always asks for the same BigQuery job id.
 *
 * @param instance whose work it is
 * @param step the Spring Batch step
 * @param range the unit within the step, for example {@code bytes 0-8388607}; never a chunk ordinal
 * @param digest SHA-256 (lower-case hex) of what the effect carries
 */
public record EffectKey(InstanceKey instance, String step, String range, String digest) {}
