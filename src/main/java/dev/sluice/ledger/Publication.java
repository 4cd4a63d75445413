package dev.sluice.ledger;

/**
 * Which instance may publish a content.
 *
 * @param published whether it has
 */
public record Publication(String destination, String digest, InstanceKey instance, long runId, boolean published) {}
