package dev.sluice.ledger;

import java.util.Optional;

/** One publisher per content; a unique key in the repository database decides. Thread-safe. */
public interface Publications {

    Optional<Publication> find(String content);

    /** Claims a content, or tells who has it: the caller compares the instance. */
    Publication claim(String content, String destination, String digest, InstanceKey instance, long runId);

    /** Notes that the content is visible now. Idempotent. */
    void confirm(String content);
}
