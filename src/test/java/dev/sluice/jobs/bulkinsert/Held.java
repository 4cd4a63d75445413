package dev.sluice.jobs.bulkinsert;

import dev.sluice.ledger.Fence;
import java.sql.Connection;

/** The fence of a run whose lease nobody takes. */
record Held(boolean stopRequested) implements Fence {

    @Override
    public void verify() {}

    @Override
    public void verifyInside(Connection transaction) {}
}
