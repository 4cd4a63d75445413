package dev.sluice.ledger;

import java.util.Optional;

/** Which content each instance loads: recorded once, compared ever after. Thread-safe. */
public interface Sources {

    Optional<SourceRecord> find(InstanceKey instance);

    /** Records it unless the instance has a record already; the first one stays. */
    void record(InstanceKey instance, SourceRecord source);
}
