package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobCancelResponse;
import com.google.api.services.bigquery.model.JobList;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Jobs over REST. */
final class JobsApi {

    private static final int OK = 200;

    private final Store store;
    private final JobStore jobs;
    private final JobRunner runner;
    private final Effects effects;
    private final QueryEffects queries;

    JobsApi(Store store, JobStore jobs, JobRunner runner, Effects effects, QueryEffects queries) {
        this.store = store;
        this.jobs = jobs;
        this.runner = runner;
        this.effects = effects;
        this.queries = queries;
    }

    /** All of them. */
    void collection(Exchange exchange) throws IOException {
        switch (exchange.method()) {
            case "POST" -> exchange.answer(OK, insert(exchange.body(Job.class)));
            case "GET" -> exchange.answer(OK, list(exchange));
            default -> throw ApiError.unsupported(exchange.method() + " on jobs");
        }
    }

    void one(Exchange exchange, String id) throws IOException {
        if (!exchange.method().equals("GET")) {
            throw ApiError.unsupported(exchange.method() + " on a job");
        }
        exchange.answer(OK, runner.current(id));
    }

    void cancel(Exchange exchange, String id) throws IOException {
        if (!exchange.method().equals("POST")) {
            throw ApiError.unsupported(exchange.method() + " on a job's cancellation");
        }
        exchange.answer(
                OK,
                new JobCancelResponse().setKind("bigquery#jobCancelResponse").setJob(runner.cancel(id)));
    }

    /** @return the job as accepted, or as a dry run has it */
    Job insert(Job job) {
        effects.requireSupported(job);
        if (job.getConfiguration().getLoad() != null
                && job.getConfiguration().getLoad().getSourceUris() == null) {
            throw ApiError.invalid("Required parameter is missing: sourceUris");
        }
        if (Boolean.TRUE.equals(job.getConfiguration().getDryRun())) {
            requireQuery(job);
            job.setKind("bigquery#job").setStatistics(new JobStatistics()).setStatus(new JobStatus().setState("DONE"));
            return store.read(connection -> {
                queries.dryRun(connection, job);
                return job;
            });
        }
        Job accepted = jobs.accept(job);
        runner.submit(accepted.clone());
        return accepted;
    }

    private static void requireQuery(Job job) {
        if (job.getConfiguration().getQuery() == null) {
            throw ApiError.unsupported("dry runs of anything but queries");
        }
    }

    private JobList list(Exchange exchange) {
        exchange.requireNo("stateFilter", "minCreationTime", "maxCreationTime", "parentJobId");
        long before = exchange.number("pageToken", Long.MAX_VALUE);
        int size = (int) Math.min(1000, exchange.number("maxResults", 1000));
        SortedMap<Long, Job> found = jobs.page(before, size + 1L);
        List<JobList.Jobs> list = new ArrayList<>();
        long last = 0;
        for (var entry : found.entrySet()) {
            if (list.size() < size) {
                last = entry.getKey();
                list.add(entry(runner.withState(entry.getValue())));
            }
        }
        return new JobList()
                .setKind("bigquery#jobList")
                .setJobs(list)
                .setNextPageToken(found.size() > size ? String.valueOf(last) : null);
    }

    private static JobList.Jobs entry(Job job) {
        return new JobList.Jobs()
                .setKind("bigquery#job")
                .setId(job.getId())
                .setJobReference(job.getJobReference())
                .setConfiguration(job.getConfiguration())
                .setStatistics(job.getStatistics())
                .setStatus(job.getStatus())
                .setErrorResult(job.getStatus().getErrorResult())
                .setState(job.getStatus().getState());
    }
}
