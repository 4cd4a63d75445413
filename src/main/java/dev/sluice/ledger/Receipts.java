package dev.sluice.ledger;

import java.util.Optional;

/** One receipt per finished instance. Thread-safe. */
public interface Receipts {

    Optional<Receipt> find(InstanceKey instance);

    /**
     * Saves it unless there is one; a second, different receipt for an instance is an error.
     *
     * @throws LeaseLost if another than that run has the instance's lease
     */
    void save(InstanceKey instance, long runId, Receipt receipt);
}
