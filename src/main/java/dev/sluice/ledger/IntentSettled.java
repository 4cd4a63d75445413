package dev.sluice.ledger;

/** Another owner has settled the intent otherwise; what this process knows about it must not be acted upon. */
public final class IntentSettled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IntentSettled(String message) {
        super(message);
    }
}
