/** The only door to BigQuery: deadlines, job ids, submission, receipts, failures, SQL files. */
@ApplicationModule(allowedDependencies = {"ledger", "yaml", "definition"})
@NullMarked
package dev.sluice.bigquery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
