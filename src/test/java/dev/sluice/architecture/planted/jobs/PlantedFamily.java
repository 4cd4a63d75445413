package dev.sluice.architecture.planted.jobs;

import dev.sluice.architecture.planted.launch.PlantedLauncher;

/** Public, and knows the other half. */
public record PlantedFamily(PlantedLauncher launcher) {}
