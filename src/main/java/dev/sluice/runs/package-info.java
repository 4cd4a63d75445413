/** Answers what happened: the read side of job repository and ledger. */
@ApplicationModule(allowedDependencies = {"ledger", "definition"})
@NullMarked
package dev.sluice.runs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
