package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.avro.AvroRows;
import java.util.function.LongSupplier;

/**
 * Makes the wire of a step execution. Thread-safe.
 *
 * @param nanoTime tells how fast a line is
 */
record Wires(LongSupplier nanoTime) {

    Wire of(BulkInsertRun run) {
        return new Wire(run.parameters().wire(), new AvroRows(run.stagedColumns()), nanoTime);
    }
}
