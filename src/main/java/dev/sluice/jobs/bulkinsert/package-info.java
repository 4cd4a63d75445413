/**
 * Puts the rows of files into a table, each exactly once, with a receipt that adds up: read = rejected + staged, staged =
 * inserted + updated + unchanged.
 *
 * <p>{@code inspectSource → prepareTables → stageRows → setAsideRows → cleanStaging → verifyStaging → publishRows →
 * dropStaging}. Each mode is one publishing statement. Keyed modes stage rows with their number in the source, so that
 * what only staging shows to be wrong is set aside with its line by a second pass over the source.
 *
 * <p>A source that BigQuery reads, objects or files that bring their types, goes another way: {@code inspectSource →
 * stageRows (into a raw table) → prepareTables → checkRows → setAsideRows → verifyStaging → publishRows → dropStaging}.
 */
@ApplicationModule(
        allowedDependencies = {
            "item",
            "item::source",
            "item::avro",
            "tenant",
            "bigquery",
            "bigquery::catalogue",
            "ledger",
            "definition"
        })
@NullMarked
package dev.sluice.jobs.bulkinsert;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
