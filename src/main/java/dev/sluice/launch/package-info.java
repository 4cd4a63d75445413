/** The only place that starts, restarts or recovers a run. */
@ApplicationModule(allowedDependencies = {"definition", "ledger"})
@NullMarked
package dev.sluice.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
