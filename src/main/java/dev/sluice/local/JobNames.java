package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatus;
import java.time.Clock;
import java.util.regex.Pattern;

/** What a job is called, and what else it has from its beginning. */
final class JobNames {

    /** Where datasets are and jobs run, and their results are, if they do not say it. */
    static final String LOCATION = "US";

    /** What the ids of jobs begin with that nobody else has named, so that no two of them are the same. */
    private static final String GIVEN = "job_local_";

    private static final Pattern CHOSEN = Pattern.compile("[A-Za-z0-9_-]{1,1024}");

    private final String projectId;
    private final Clock clock;

    JobNames(String projectId, Clock clock) {
        this.projectId = projectId;
        this.clock = clock;
    }

    /** @param number that no other job has */
    void accept(Job job, long number) {
        name(job, number);
        if (job.getConfiguration().getQuery() != null) {
            setDefaults(job.getConfiguration().getQuery());
        }
        job.setStatus(new JobStatus().setState("PENDING"));
        job.setStatistics(new JobStatistics().setCreationTime(clock.millis()));
    }

    /** Whether it has an id, which another job may have, too. */
    static boolean isChosen(Job job) {
        return job.getJobReference() != null && job.getJobReference().getJobId() != null;
    }

    private JobReference reference(Job job) {
        JobReference reference = job.getJobReference() == null ? new JobReference() : job.getJobReference();
        Projects.require(projectId, reference.getProjectId());
        if (reference.getLocation() == null) {
            reference.setLocation(LOCATION);
        }
        Locations.require(reference.getLocation());
        return reference.setProjectId(projectId);
    }

    private void name(Job job, long number) {
        JobReference reference = reference(job);
        String chosen = reference.getJobId();
        if (chosen == null) {
            reference.setJobId(GIVEN + number);
        } else if (!CHOSEN.matcher(chosen).matches()) {
            throw ApiError.invalid("Invalid job ID");
        } else if (chosen.startsWith(GIVEN)) {
            throw ApiError.invalid("Job IDs that begin with %s are given by the server".formatted(GIVEN));
        }
        job.setJobReference(reference).setKind("bigquery#job");
        job.setId("%s:%s.%s".formatted(projectId, reference.getLocation(), reference.getJobId()));
    }

    /** A dry run is a job that nobody can ask for. */
    void dryRun(Job job) {
        long now = clock.millis();
        JobReference reference = reference(job).setJobId(null);
        job.setJobReference(reference)
                .setKind("bigquery#job")
                .setId("%s:%s.".formatted(projectId, reference.getLocation()))
                .setStatistics(new JobStatistics()
                        .setCreationTime(now)
                        .setStartTime(now)
                        .setEndTime(now))
                .setStatus(new JobStatus().setState("DONE"));
        job.setSelfLink("https://bigquery.googleapis.com/bigquery/v2/projects/%s/jobs/?location=%s"
                .formatted(projectId, reference.getLocation()));
        if (job.getConfiguration().getQuery() != null) {
            setDefaults(job.getConfiguration().getQuery());
        }
    }

    private static void setDefaults(JobConfigurationQuery query) {
        if (query.getPriority() == null) {
            query.setPriority("INTERACTIVE");
        }
    }
}
