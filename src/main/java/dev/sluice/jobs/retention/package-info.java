/**
 * Removes the history of what finished long ago from the job repository. Of every run a line stays, so that what is
 * completed stays completed; what is unfinished stays whole.
 *
 * <p>{@code beginPurge → removeRuns → removeEffects}, each block of instances in one transaction with its counts.
 */
@ApplicationModule(allowedDependencies = {"item", "ledger", "definition"})
@NullMarked
package dev.sluice.jobs.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
