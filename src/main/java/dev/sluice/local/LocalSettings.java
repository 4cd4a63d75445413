package dev.sluice.local;

import dev.sluice.local.fault.FaultPlan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the local BigQuery behaves.
 *
 * @param memoryLimit of DuckDB, which would take 80 % of the machine otherwise
 * @param workers BigQuery jobs that run at once
 * @param gcsFolder stands for Cloud Storage; null for a folder beside the data
 * @param faults null for none
 * @param writePort of the Storage Write API, 0 for any; null if it is not served
 */
public record LocalSettings(
        String projectId,
        String memoryLimit,
        int workers,
        @Nullable Path gcsFolder,
        @Nullable FaultPlan faults,
        @Nullable Integer writePort) {

    public static LocalSettings defaults() {
        return new LocalSettings("sluice-local", "1GB", 4, null, null, null);
    }

    /** With this folder for Cloud Storage. */
    public LocalSettings withGcsFolder(Path folder) {
        return new LocalSettings(projectId, memoryLimit, workers, folder, faults, writePort);
    }

    /** With these faults. */
    public LocalSettings withFaults(FaultPlan plan) {
        return new LocalSettings(projectId, memoryLimit, workers, gcsFolder, plan, writePort);
    }

    /** With the Storage Write API on this port. */
    public LocalSettings withWritePort(int port) {
        return new LocalSettings(projectId, memoryLimit, workers, gcsFolder, faults, port);
    }
}
