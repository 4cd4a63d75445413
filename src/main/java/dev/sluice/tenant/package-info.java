/** The only way to ask a question about one tenant. */
@ApplicationModule(allowedDependencies = {"bigquery"})
@NullMarked
package dev.sluice.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
