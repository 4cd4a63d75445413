/** Reads a YAML file of ours and checks it against its JSON Schema; problems name file, line and what is allowed. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sluice.yaml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
