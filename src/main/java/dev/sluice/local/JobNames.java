package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatus;
import java.time.Clock;

/** What a job is called, and what else it has from its beginning. */
final class JobNames {

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

    private JobReference reference(Job job) {
        JobReference reference = job.getJobReference() == null ? new JobReference() : job.getJobReference();
        Projects.require(projectId, reference.getProjectId());
        if (reference.getLocation() == null) {
            reference.setLocation("US");
        }
        return reference.setProjectId(projectId);
    }

    private void name(Job job, long number) {
        JobReference reference = reference(job);
        if (reference.getJobId() == null) {
            reference.setJobId("job_local_" + number);
        }
        if (!reference.getJobId().matches("[A-Za-z0-9_-]{1,1024}")) {
            throw ApiError.invalid("Invalid job ID");
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
