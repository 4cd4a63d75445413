package dev.sluice.ledger;

import java.util.List;

/** Rows that were set aside, by instance and line. Thread-safe. */
public interface DeadLetters {

    /**
     * Saves each letter once, however often it is given. Commits; nobody takes the instance's lease over meanwhile.
     *
     * @throws LeaseLost if another than that run has the instance's lease
     */
    void save(InstanceKey instance, long runId, List<DeadLetter> letters);

    long count(InstanceKey instance);
}
