/** Restartable chunk readers and writers that move rows between sources and BigQuery. */
@ApplicationModule(allowedDependencies = {"bigquery", "bigquery::catalogue", "tenant", "ledger"})
@NullMarked
package dev.sluice.item;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
