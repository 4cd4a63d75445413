/** What must be decided or remembered in the repository database: intents, leases and fences, receipts. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sluice.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
