/** The home server: a local BigQuery and the H2 repository in a process of its own; imported by nobody. */
@ApplicationModule(allowedDependencies = {"home", "ledger", "yaml"})
@NullMarked
package dev.sluice.local;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
