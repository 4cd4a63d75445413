package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.LoadContent;
import dev.sluice.bigquery.LoadFormat;
import dev.sluice.bigquery.LoadOption;
import dev.sluice.bigquery.LoadRequest;
import dev.sluice.item.LoadUnit;
import java.util.Set;

/**
 * Loads units into the staging table, each by one BigQuery job.
 *
 * @param sourceDigest of what the instance loads
 */
record UnitLoad(BigQueryJobs jobs, BulkInsertRun run, String sourceDigest, Wire wire) {

    /** Blocks until the unit's rows are in staging, as an intent that is not repeated says. */
    void load(LoadUnit unit) {
        wire.send(unit, (format, content) -> load(unit, format, content));
    }

    private void load(LoadUnit unit, LoadFormat format, LoadContent content) {
        boolean othersPossible = format == LoadFormat.NDJSON && run.parameters().schemaPolicy() == SchemaPolicy.IGNORE;
        var request = new LoadRequest(
                run.staging(),
                run.stagingSchema(),
                format,
                othersPossible ? Set.of(LoadOption.IGNORE_UNKNOWN) : Set.of(),
                unit.rowsAccepted(),
                content);
        jobs.load(run.effect(BulkInsertJob.STAGE_ROWS, unit.range(), unit.digest(sourceDigest), true), request);
    }
}
