package dev.sluice.ledger;

/** Finds out what became of intended effects. Thread-safe. */
@FunctionalInterface
public interface EffectLookup {

    /** Asks BigQuery by the intent's id and changes nothing. Blocks for at most a USER deadline; fails as the door does. */
    EffectFate of(Intent intent);
}
