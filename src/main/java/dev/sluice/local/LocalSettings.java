package dev.sluice.local;

import dev.sluice.local.fault.FaultPlan;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the local BigQuery behaves.
 *
 * @param memoryLimit of DuckDB, as 512MB or 2GB; a query that needs more fails
 * @param workers BigQuery jobs of a kind (queries, changes of tables, scripts) that run at once
 * @param gcsFolder stands for Cloud Storage; null for a folder beside the data
 * @param faults null for none
 * @param writePort of the Storage Write API, 0 for any; null if it is not served
 * @param quotas whether BigQuery's quotas are enforced; they are counted in any case
 */
public record LocalSettings(
        String projectId,
        String memoryLimit,
        int workers,
        @Nullable Path gcsFolder,
        @Nullable FaultPlan faults,
        @Nullable Integer writePort,
        boolean quotas) {

    /** What {@link #memoryLimit} looks like. */
    private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,5}(MB|GB)");

    private static final int WORKERS = 16;

    public LocalSettings {
        if (!MEMORY.matcher(memoryLimit).matches()) {
            throw new IllegalArgumentException(
                    "the memory limit must look like 512MB or 2GB, not like '%s'".formatted(memoryLimit));
        }
    }

    public static LocalSettings defaults() {
        return new LocalSettings("sluice-local", "1GB", WORKERS, null, null, null, false);
    }

    /** With this much memory for queries. */
    public LocalSettings withMemoryLimit(String limit) {
        return new LocalSettings(projectId, limit, workers, gcsFolder, faults, writePort, quotas);
    }

    /** With this folder for Cloud Storage. */
    public LocalSettings withGcsFolder(Path folder) {
        return new LocalSettings(projectId, memoryLimit, workers, folder, faults, writePort, quotas);
    }

    /** With these faults. */
    public LocalSettings withFaults(FaultPlan plan) {
        return new LocalSettings(projectId, memoryLimit, workers, gcsFolder, plan, writePort, quotas);
    }

    /** With the Storage Write API on this port. */
    public LocalSettings withWritePort(int port) {
        return new LocalSettings(projectId, memoryLimit, workers, gcsFolder, faults, port, quotas);
    }

    /** With BigQuery's quotas enforced, or not. */
    public LocalSettings withQuotas(boolean enforced) {
        return new LocalSettings(projectId, memoryLimit, workers, gcsFolder, faults, writePort, enforced);
    }
}
