/** What runs: one family of restartable jobs per package; families do not know each other. */
@ApplicationModule(
        allowedDependencies = {
            "item",
            "item::source",
            "tenant",
            "bigquery",
            "bigquery::catalogue",
            "ledger",
            "definition"
        })
@NullMarked
package dev.sluice.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
