/** Puts the rows of a file into a table, each exactly once, with a receipt that adds up. */
@ApplicationModule(allowedDependencies = {"item", "tenant", "bigquery", "bigquery::catalogue", "ledger", "definition"})
@NullMarked
package dev.sluice.jobs.bulkinsert;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
