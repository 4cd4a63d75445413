/** The only place that starts, restarts, stops, recovers, abandons or re-runs. */
@ApplicationModule(allowedDependencies = {"definition", "ledger"})
@NullMarked
package dev.sluice.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
