package dev.sluice.ledger;

import java.util.Optional;

/** Which content each instance loads: recorded once, compared ever after. Thread-safe. */
public interface Sources {

    Optional<SourceRecord> find(InstanceKey instance);

    /**
     * Records it unless the instance has a record already; the first one stays.
     *
     * @throws LeaseLost if another than the source's run has the instance's lease
     */
    void record(InstanceKey instance, SourceRecord source);
}
