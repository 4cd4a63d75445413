package dev.sluice.local;

import com.google.api.services.bigquery.model.JobConfiguration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a job does, by the one member of its configuration that says so. */
enum JobKind {
    QUERY,
    LOAD,
    COPY,
    EXTRACT;

    private String member() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static List<JobKind> all(JobConfiguration configuration) {
        return Stream.of(values())
                .filter(kind -> configuration.get(kind.member()) != null)
                .toList();
    }

    static JobKind of(JobConfiguration configuration) {
        return all(configuration).get(0);
    }

    /** @throws ApiError for a job that would do nothing, or several things */
    static void requireOne(JobConfiguration configuration) {
        List<String> members = all(configuration).stream().map(JobKind::member).toList();
        if (members.size() != 1) {
            throw ApiError.invalid(
                    "Job configuration must contain exactly one job-specific configuration object (e.g., query, load, extract, copy), but there were %d: %s"
                            .formatted(members.size(), String.join(", ", members)));
        }
    }
}
