package dev.sluice.ledger;

import java.sql.Connection;

/** The fence of a run whose lease nobody takes. */
public record UndisputedFence(boolean stopRequested) implements Fence {

    @Override
    public void verify() {}

    @Override
    public void verifyInside(Connection transaction) {}
}
