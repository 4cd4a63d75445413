package dev.sluice.ledger;

import java.util.List;
import java.util.Optional;

/** Effects before, while and after they happen. Every method commits before it returns. Thread-safe. */
public interface Intents {

    /** The latest attempt of an effect. */
    Optional<Intent> find(EffectKey key);

    /** Declares an attempt that has no row yet. */
    Intent declare(EffectKey key, int attempt, long runId, String kind, String destination);

    /**
     * Settles an attempt as happened.
     *
     * @throws LeaseLost if somebody has settled it otherwise
     */
    void done(Intent intent, EffectReceipt receipt);

    /**
     * Settles an attempt as confirmed not to have happened.
     *
     * @throws LeaseLost as {@link #done}
     */
    void failed(Intent intent, String reason);

    /**
     * As {@link #done(Intent, EffectReceipt)}, in one statement with a look at who has the instance's lease.
     *
     * @throws LeaseLost also if another than that run has it
     */
    void done(Intent intent, EffectReceipt receipt, long run);

    /** As {@link #done(Intent, EffectReceipt, long)}, of an attempt that is confirmed not to have happened. */
    void failed(Intent intent, String reason, long run);

    /** The latest attempts of all effects of an instance, oldest first. */
    List<Intent> latest(InstanceKey instance);

    /** All attempts of a step of an instance, oldest first. */
    List<Intent> of(InstanceKey instance, String step);
}
