/** Finds, starts and attaches to the home server of one home folder. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sluice.home;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
