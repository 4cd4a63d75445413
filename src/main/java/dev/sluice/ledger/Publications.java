package dev.sluice.ledger;

import java.util.Optional;

/** One publisher per content; a unique key in the repository database decides. Thread-safe. */
public interface Publications {

    Optional<Publication> find(String content);

    /**
     * Claims a content, or tells who has it: the caller compares the instance.
     *
     * @param publishing the effect that is to publish it, whose instance claims it
     * @throws LeaseLost if another than that run has the instance's lease
     */
    Publication claim(String content, String destination, EffectKey publishing, long runId);

    /**
     * Gives up what an instance claimed and cannot have published: nothing that BigQuery was asked to execute with that
     * content by the publishing step has happened or may still happen.
     *
     * @param owner of the instance's lease
     * @return how many contents others may publish now
     * @throws LeaseLost if it is no more
     */
    int release(InstanceKey instance, Fence owner);

    /**
     * Notes as published what an instance claimed and its publishing step is known to have made visible.
     *
     * @param owner of the instance's lease
     * @return how many contents
     * @throws LeaseLost if it is no more
     */
    int confirm(InstanceKey instance, Fence owner);

    /** Whether it still claims a content of which it has not confirmed that it published it. */
    boolean claims(InstanceKey instance);

    /**
     * Notes that the content that the instance claimed is visible now. Idempotent.
     *
     * @throws LeaseLost if another than that run has the instance's lease
     */
    void confirm(String content, InstanceKey instance, long runId);
}
