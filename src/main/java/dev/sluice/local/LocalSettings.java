package dev.sluice.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the local BigQuery behaves.
 *
 * @param memoryLimit of DuckDB, which would take 80 % of the machine otherwise
 * @param workers BigQuery jobs that run at once
 * @param gcsFolder stands for Cloud Storage; null for a folder beside the data
 */
public record LocalSettings(
        String projectId,
        String memoryLimit,
        int workers,
        @Nullable Path gcsFolder) {

    public static LocalSettings defaults() {
        return new LocalSettings("sluice-local", "1GB", 4, null);
    }

    /** With this folder for Cloud Storage. */
    public LocalSettings withGcsFolder(Path folder) {
        return new LocalSettings(projectId, memoryLimit, workers, folder);
    }
}
