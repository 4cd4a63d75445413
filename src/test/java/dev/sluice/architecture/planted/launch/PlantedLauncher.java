package dev.sluice.architecture.planted.launch;

import dev.sluice.architecture.planted.jobs.PlantedFamily;
import java.util.List;

/** Knows the other half. */
public record PlantedLauncher(List<PlantedFamily> families) {}
