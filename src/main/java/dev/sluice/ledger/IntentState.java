package dev.sluice.ledger;

/** What is known of an intended effect. */
public enum IntentState {
    /** Declared; whether it happened is unknown. */
    INTENT,
    /** It happened, and its receipt is in the ledger. */
    DONE,
    /** It is confirmed not to have happened. */
    FAILED
}
