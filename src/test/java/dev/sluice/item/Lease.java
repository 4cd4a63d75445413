package dev.sluice.item;

import dev.sluice.ledger.Fence;
import java.sql.Connection;

/** The fence of a run whose lease nobody takes. */
record Lease(boolean stopRequested) implements Fence {

    @Override
    public void verify() {}

    @Override
    public void verifyInside(Connection transaction) {}
}
