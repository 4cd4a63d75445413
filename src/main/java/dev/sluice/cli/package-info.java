/** Commands for people and programs: parses, calls launch, runs and schedule, prints, answers an exit code. */
@ApplicationModule(allowedDependencies = {"definition", "home", "launch", "runs", "schedule"})
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
