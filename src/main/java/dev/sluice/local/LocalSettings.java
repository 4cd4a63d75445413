package dev.sluice.local;

/**
 * How the local BigQuery behaves.
 *
 * @param memoryLimit of DuckDB, which would take 80 % of the machine otherwise
 * @param workers BigQuery jobs that run at once
 */
public record LocalSettings(String projectId, String memoryLimit, int workers) {

    public static LocalSettings defaults() {
        return new LocalSettings("sluice-local", "1GB", 4);
    }
}
