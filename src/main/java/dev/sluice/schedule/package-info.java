/** Decides what becomes of every tick of every job's schedule, and starts those that are to run: cron, ticks, misfires. */
@ApplicationModule(allowedDependencies = {"definition", "launch", "ledger"})
@NullMarked
package dev.sluice.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
