package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobReference;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Jobs are where their datasets are. */
final class JobLocations {

    private final Store store;
    private final Tables tables;

    JobLocations(Store store, Tables tables) {
        this.store = store;
        this.tables = tables;
    }

    /**
     * Gives a job that does not say where it is the place of its datasets; without one it has the default.
     *
     * @param text of the job
     * @throws ApiError if its configuration names a dataset at another place
     */
    void settle(Job job, QueryText text) {
        Set<String> names = DatasetNames.said(job);
        names.addAll(text.qualifiers());
        if (names.isEmpty()) {
            return;
        }
        JobReference reference = Objects.requireNonNullElseGet(job.getJobReference(), JobReference::new);
        Map<String, String> places = tables.places().of(store, names);
        if (reference.getLocation() == null) {
            names.stream().map(places::get).filter(Objects::nonNull).findFirst().ifPresent(reference::setLocation);
            job.setJobReference(reference);
        }
        for (String name : DatasetNames.said(job)) {
            require(reference, tables.projectId(), name, places);
        }
    }

    /** What a job fails with, as it is told: a query says where it has looked for what is not there. */
    static ApiError told(Job job, ApiError error) {
        JobReference reference = job.getJobReference();
        return job.getConfiguration().getQuery() == null || reference == null
                ? error
                : error.lookedForIn(Objects.requireNonNullElse(reference.getLocation(), JobNames.LOCATION));
    }

    private static void require(JobReference job, String projectId, String dataset, Map<String, String> places) {
        String place = places.get(dataset);
        String location = job.getLocation();
        if (place != null && location != null && !place.equalsIgnoreCase(location)) {
            throw ApiError.notFound(
                    "Dataset %s:%s was not found in location %s".formatted(projectId, dataset, location));
        }
    }

    /**
     * @param read what the statement reads, as {@code dataset.name}
     * @throws ApiError if one of them, or the one that it changes, is at another place than the job
     */
    static void require(Connection connection, Tables tables, Job job, Statement statement, Set<String> read)
            throws SQLException {
        Set<String> names = new LinkedHashSet<>();
        read.forEach(name -> names.add(name.substring(0, name.indexOf('.'))));
        Claim.of(statement).ifPresent(claim -> names.add(claim.table().dataset()));
        if (statement instanceof Statement.CopyTable copy) {
            names.add(copy.source().dataset());
        }
        JobReference reference = job.getJobReference();
        if (names.isEmpty() || reference == null) {
            return;
        }
        Map<String, String> places = tables.places().of(connection, names);
        for (String name : names) {
            require(reference, reference.getProjectId(), name, places);
        }
    }
}
