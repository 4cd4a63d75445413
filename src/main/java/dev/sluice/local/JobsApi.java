package dev.sluice.local;

import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobCancelResponse;
import com.google.api.services.bigquery.model.JobList;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatus;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jobs, their results and their uploads over REST. */
final class JobsApi {

    private static final int OK = 200;
    private static final int RESUME_INCOMPLETE = 308;
    private static final long PAGE_ROWS = 10_000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+)");

    private final Store store;
    private final Tables tables;
    private final QueryEffects queries;
    private final JobStore jobs;
    private final JobRunner runner;
    private final Uploads uploads;

    /** What the methods stand on. */
    record Parts(Tables tables, QueryEffects queries, JobStore jobs, JobRunner runner, Uploads uploads) {}

    JobsApi(Store store, Parts parts) {
        this.store = store;
        this.tables = parts.tables();
        this.queries = parts.queries();
        this.jobs = parts.jobs();
        this.runner = parts.runner();
        this.uploads = parts.uploads();
    }

    void jobs(Exchange exchange, List<String> path) throws IOException {
        switch (exchange.method() + path.size()) {
            case "POST0" -> exchange.answer(OK, insert(exchange.body(Job.class)));
            case "GET0" -> exchange.answer(OK, list(exchange.number("maxResults", 1000)));
            case "GET1" -> exchange.answer(OK, runner.current(path.get(0)));
            case "POST2" -> exchange.answer(OK, new JobCancelResponse().setJob(runner.cancel(path.get(0))));
            default -> throw ApiError.unsupported(exchange.method() + " on jobs");
        }
    }

    private Job insert(Job job) {
        Effects.requireSupported(job);
        if (job.getConfiguration().getLoad() != null) {
            throw ApiError.unsupported("loads without a resumable upload");
        }
        if (Boolean.TRUE.equals(job.getConfiguration().getDryRun())) {
            job.setStatistics(new JobStatistics()).setStatus(new JobStatus().setState("DONE"));
            return store.read(connection -> {
                queries.dryRun(connection, job);
                return job;
            });
        }
        Job accepted = jobs.accept(job, null);
        runner.submit(accepted.clone());
        return accepted;
    }

    private JobList list(long limit) {
        List<JobList.Jobs> list = new ArrayList<>();
        jobs.list(Math.min(limit, PAGE_ROWS))
                .forEach(job -> list.add(new JobList.Jobs()
                        .setId(job.getId())
                        .setJobReference(job.getJobReference())
                        .setConfiguration(job.getConfiguration())
                        .setStatistics(job.getStatistics())
                        .setStatus(job.getStatus())
                        .setErrorResult(job.getStatus().getErrorResult())
                        .setState(job.getStatus().getState())));
        return new JobList().setJobs(list);
    }

    void results(Exchange exchange, String id) throws IOException {
        try {
            runner.await(id, Math.min(LONGEST_WAIT_MILLIS, exchange.number("timeoutMs", 10_000)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Job job = runner.current(id);
        var response = new GetQueryResultsResponse().setJobReference(job.getJobReference());
        if (!"DONE".equals(job.getStatus().getState())) {
            exchange.answer(OK, response.setJobComplete(false));
            return;
        }
        if (job.getStatus().getErrorResult() != null) {
            var error = job.getStatus().getErrorResult();
            throw new ApiError(400, error.getReason(), error.getMessage());
        }
        exchange.answer(OK, page(exchange, job, response.setJobComplete(true).setCacheHit(false)));
    }

    private GetQueryResultsResponse page(Exchange exchange, Job job, GetQueryResultsResponse response) {
        TableReference reference = job.getConfiguration().getQuery().getDestinationTable();
        if (reference == null) {
            return response.setTotalRows(BigInteger.ZERO)
                    .setSchema(new TableSchema().setFields(List.of()))
                    .setNumDmlAffectedRows(job.getStatistics().getQuery().getNumDmlAffectedRows());
        }
        long start = exchange.number("startIndex", exchange.number("pageToken", 0));
        long max = Math.min(PAGE_ROWS, exchange.number("maxResults", PAGE_ROWS));
        boolean int64 =
                exchange.query("formatOptions.useInt64Timestamp", "false").equals("true");
        return store.read(connection -> {
            Tables.Stored table =
                    tables.get(connection, new TableName(reference.getDatasetId(), reference.getTableId()));
            long total = Rows.count(connection, table);
            response.setTotalRows(BigInteger.valueOf(total))
                    .setSchema(table.resource().getSchema());
            response.setRows(Rows.page(connection, table, start, max, int64));
            return start + max < total ? response.setPageToken(String.valueOf(start + max)) : response;
        });
    }

    void beginUpload(Exchange exchange, String url) throws IOException {
        if (!exchange.query("uploadType", "").equals("resumable")) {
            throw ApiError.unsupported("uploads that are not resumable");
        }
        Job job = exchange.body(Job.class);
        Effects.requireSupported(job);
        if (job.getConfiguration().getLoad() == null) {
            throw ApiError.invalid("An upload needs a load job");
        }
        String id = uploads.begin(job);
        exchange.setHeader(
                "Location",
                url + exchange.path().stream().reduce("", (a, b) -> a + "/" + b) + "?uploadType=resumable&upload_id="
                        + id);
        exchange.answerEmpty(OK);
    }

    void upload(Exchange exchange) throws IOException {
        String id = exchange.query("upload_id", "");
        Job job = uploads.job(id).orElseThrow(() -> ApiError.notFound("Upload session"));
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(exchange.header("Content-Range")));
        if (!range.matches()) {
            throw ApiError.invalid("An upload needs Content-Range with the total size");
        }
        if (range.group(1) != null) {
            uploads.append(id, Long.parseLong(range.group(1)), exchange.body());
        }
        long size = uploads.size(id);
        if (size < Long.parseLong(range.group(2))) {
            if (size > 0) {
                exchange.setHeader("Range", "bytes=0-" + (size - 1));
            }
            exchange.answerEmpty(RESUME_INCOMPLETE);
            return;
        }
        if (size == 0) {
            uploads.append(id, 0, java.io.InputStream.nullInputStream());
        }
        Job accepted = jobs.accept(job, uploads.file(id));
        uploads.forget(id);
        runner.submit(accepted.clone());
        exchange.answer(OK, accepted);
    }
}
