package dev.sluice.ledger;

import java.util.List;
import java.util.Optional;

/** Effects before, while and after they happen. Every method commits before it returns. Thread-safe. */
public interface Intents {

    /** The latest attempt of an effect. */
    Optional<Intent> find(EffectKey key);

    /**
     * Declares an attempt that has no row yet, in one statement with a look at who has the instance's lease.
     *
     * @throws LeaseLost if another than that run has it
     */
    Intent declare(EffectKey key, int attempt, long runId, String kind, String destination);

    /**
     * Settles an attempt as happened, in one statement with a look at who has the instance's lease.
     *
     * @throws LeaseLost if another than that run has it, or somebody has settled the attempt otherwise
     */
    void done(Intent intent, EffectReceipt receipt, long run);

    /** As {@link #done(Intent, EffectReceipt, long)}, of an attempt that is confirmed not to have happened. */
    void failed(Intent intent, String reason, long run);

    /** As {@link #done(Intent, EffectReceipt, long)}, by an owner of the lease that is no run. */
    void done(Intent intent, EffectReceipt receipt, Fence owner);

    /** As {@link #failed(Intent, String, long)}, by an owner of the lease that is no run. */
    void failed(Intent intent, String reason, Fence owner);

    /** The latest attempts of all effects of an instance, oldest first. */
    List<Intent> latest(InstanceKey instance);

    /** All attempts of a step of an instance, oldest first. */
    List<Intent> of(InstanceKey instance, String step);
}
