package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * What a view of INFORMATION_SCHEMA tells of: a dataset, a region, or with neither the project.
 *
 * @param dataset empty for all
 * @param location in lower case; empty for all
 */
record InformationScope(String dataset, String location) {

    private static final String REGION = "region-";
    private static final String THERE = "(? = '' OR lower(json_extract_string(resource, '$.location')) = ?)";

    /** @param qualifier a dataset, {@code region-eu}, which no dataset is called, or nothing */
    static InformationScope of(String qualifier) {
        String region = qualifier.toLowerCase(Locale.ROOT);
        return region.startsWith(REGION)
                ? new InformationScope("", region.substring(REGION.length()))
                : new InformationScope(qualifier, "");
    }

    boolean has(Job job) {
        return location.isEmpty()
                || location.equalsIgnoreCase(job.getJobReference().getLocation());
    }

    /** Names of all that are there, whatever dataset is named. */
    List<String> datasets(Connection connection) throws SQLException {
        return Store.texts(
                connection, "SELECT name FROM meta.datasets WHERE " + THERE + " ORDER BY name", location, location);
    }

    /** As {@code dataset.table}. */
    List<String> tables(Connection connection) throws SQLException {
        return Store.texts(
                connection,
                "SELECT dataset || '.' || name FROM meta.tables WHERE dataset IN (SELECT name FROM meta.datasets"
                        + " WHERE (? = '' OR name = ?) AND " + THERE + ") ORDER BY dataset, name",
                dataset,
                dataset,
                location,
                location);
    }
}
