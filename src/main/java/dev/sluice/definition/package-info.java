/** What a job declares: job files, typed parameters, and the ports a family may offer to the launching side. */
@ApplicationModule(allowedDependencies = {"yaml"})
@NullMarked
package dev.sluice.definition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
