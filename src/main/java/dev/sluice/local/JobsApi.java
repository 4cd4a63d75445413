package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobCancelResponse;
import com.google.api.services.bigquery.model.JobList;
import com.google.api.services.bigquery.model.TableReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Jobs over REST. */
final class JobsApi {

    private static final int OK = 200;
    private static final int MOST = 1000;

    private final Store store;
    private final JobStore jobs;
    private final JobRunner runner;
    private final RunningJobs running;
    private final Effects effects;
    private final DryRuns dryRuns;

    JobsApi(Store store, JobStore jobs, JobRunner runner, RunningJobs running, Effects effects, DryRuns dryRuns) {
        this.store = store;
        this.jobs = jobs;
        this.runner = runner;
        this.running = running;
        this.effects = effects;
        this.dryRuns = dryRuns;
    }

    /** All of them. */
    void collection(Exchange exchange) throws IOException {
        switch (exchange.method()) {
            case "POST" -> exchange.answer(OK, Resources.job(insert(exchange.body(Job.class))));
            case "GET" -> exchange.answer(OK, list(exchange));
            default -> throw ApiError.unsupported(exchange.method() + " on jobs");
        }
    }

    void one(Exchange exchange, String id) throws IOException {
        if (!exchange.method().equals("GET")) {
            throw ApiError.unsupported(exchange.method() + " on a job");
        }
        exchange.answer(OK, Resources.job(current(exchange, id)));
    }

    /** @throws ApiError if there is none, or it is at another place than the request says */
    Job current(Exchange exchange, String id) {
        Job job = running.current(id);
        String location = exchange.query("location", "");
        if (!location.isEmpty()
                && !location.equalsIgnoreCase(job.getJobReference().getLocation())) {
            throw ApiError.notFound(
                    "Job %s:%s.%s".formatted(job.getJobReference().getProjectId(), location, id));
        }
        return job;
    }

    void cancel(Exchange exchange, String id) throws IOException {
        if (!exchange.method().equals("POST")) {
            throw ApiError.unsupported(exchange.method() + " on a job's cancellation");
        }
        current(exchange, id);
        exchange.answer(
                OK,
                new JobCancelResponse().setKind("bigquery#jobCancelResponse").setJob(Resources.job(runner.cancel(id))));
    }

    /** Forgets a job that is done. */
    void delete(Exchange exchange, String id) throws IOException {
        if (!exchange.method().equals("DELETE")) {
            throw ApiError.unsupported(exchange.method() + " on a job's deletion");
        }
        if (!"DONE".equals(current(exchange, id).getStatus().getState())) {
            throw ApiError.invalid("Job %s is not done and cannot be deleted".formatted(id));
        }
        jobs.delete(id);
        exchange.answer(OK, new GenericJson());
    }

    /** @return the job as accepted, or as a dry run has it; DONE if it was fast */
    Job insert(Job job) {
        return insert(job, 0);
    }

    /** @param millis how long who inserts it waits for its end anyway */
    Job insert(Job job, long millis) {
        QueryText text = effects.requireSupported(job);
        if (job.getConfiguration().getLoad() != null
                && (job.getConfiguration().getLoad().getSourceUris() == null
                        || job.getConfiguration().getLoad().getSourceUris().isEmpty())) {
            throw ApiError.invalid("Required parameter is missing: sourceUris");
        }
        if (Boolean.TRUE.equals(job.getConfiguration().getDryRun())) {
            return dryRun(job, text);
        }
        if (JobNames.isChosen(job)) {
            running.keepHeld(job.getJobReference().getJobId());
        }
        return text.onlyReads()
                ? runner.begin(jobs.hold(job), RunningJob.held(text), millis)
                : runner.begin(jobs.accept(job), RunningJob.written(text), millis);
    }

    private Job dryRun(Job job, QueryText text) {
        requireQuery(job);
        jobs.nameDryRun(job);
        return store.read(connection -> {
            try {
                dryRuns.tell(connection, job, text);
            } catch (ApiError e) {
                throw JobLocations.told(job, e);
            }
            if (!QueryDestination.isNamed(job.getConfiguration().getQuery())) {
                job.getConfiguration()
                        .getQuery()
                        .setDestinationTable(new TableReference()
                                .setProjectId(job.getJobReference().getProjectId())
                                .setDatasetId(Tables.RESULTS)
                                .setTableId("dry_run"));
            }
            return job;
        });
    }

    private static void requireQuery(Job job) {
        if (job.getConfiguration().getQuery() == null) {
            throw ApiError.unsupported("dry runs of anything but queries");
        }
    }

    private JobList list(Exchange exchange) {
        exchange.requireNo("parentJobId");
        JobFilter filter = JobFilter.of(exchange);
        boolean full = isFull(exchange);
        long before = Page.token(exchange, Long.MAX_VALUE);
        int size = (int) Math.min(MOST, Page.size(exchange, MOST));
        running.keepHeld();
        List<JobList.Jobs> list = new ArrayList<>();
        long last = 0;
        boolean more = true;
        while (more && list.size() < size) {
            SortedMap<Long, Job> found = jobs.page(before, MOST);
            more = found.size() == MOST;
            for (var entry : found.entrySet()) {
                Job job = running.withState(entry.getValue());
                if (list.size() == size) {
                    more = true;
                    break;
                }
                before = entry.getKey();
                if (filter.test(job)) {
                    last = entry.getKey();
                    list.add(entry(Resources.job(job), full));
                }
            }
        }
        return new JobList()
                .setKind("bigquery#jobList")
                .setEtag(Resources.etag(list.toString()))
                .setJobs(list)
                .setNextPageToken(more && size > 0 ? String.valueOf(last) : null);
    }

    private static boolean isFull(Exchange exchange) {
        String projection = exchange.query("projection", "minimal").toLowerCase(Locale.ROOT);
        if (!projection.equals("full") && !projection.equals("minimal")) {
            throw ApiError.invalid("Invalid value for projection: " + projection);
        }
        return projection.equals("full");
    }

    /** @param full whether its configuration is told */
    private static JobList.Jobs entry(Job job, boolean full) {
        return new JobList.Jobs()
                .setKind("bigquery#job")
                .setId(job.getId())
                .setJobReference(job.getJobReference())
                .setConfiguration(full ? job.getConfiguration() : null)
                .setStatistics(job.getStatistics())
                .setStatus(job.getStatus())
                .setErrorResult(job.getStatus().getErrorResult())
                .setUserEmail(job.getUserEmail())
                .setPrincipalSubject("user:" + job.getUserEmail())
                .setState(job.getStatus().getState());
    }
}
