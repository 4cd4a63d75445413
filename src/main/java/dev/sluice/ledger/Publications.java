package dev.sluice.ledger;

import java.util.Optional;

/** One publisher per content; a unique key in the repository database decides. Thread-safe. */
public interface Publications {

    Optional<Publication> find(String content);

    /** Claims a content, or tells who has it: the caller compares the instance. */
    Publication claim(String content, String destination, String digest, InstanceKey instance, long runId);

    /**
     * Gives up what an instance claimed and cannot have published: nothing that BigQuery was asked to execute for it has
     * happened or may still happen. To be called by the owner of the instance's lease.
     *
     * @return how many contents others may publish now
     */
    int release(InstanceKey instance);

    /** Notes that the content is visible now. Idempotent. */
    void confirm(String content);
}
