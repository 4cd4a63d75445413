package dev.sluice.ledger;

/** This process no longer owns the run; whatever it was about to do must not happen. */
public final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LeaseLost(String message) {
        super(message);
    }
}
