package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryRequest;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** Results of queries over REST. */
final class ResultsApi {

    private static final int OK = 200;
    private static final long WAIT_MILLIS = 10_000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Store store;
    private final Tables tables;
    private final JobRunner runner;
    private final JobsApi jobs;

    ResultsApi(Store store, Tables tables, JobRunner runner, JobsApi jobs) {
        this.store = store;
        this.tables = tables;
        this.runner = runner;
        this.jobs = jobs;
    }

    /** jobs.query: inserts a job, and answers with its first page if it ends in time. */
    void query(Exchange exchange) throws IOException {
        if (!exchange.method().equals("POST")) {
            throw ApiError.unsupported(exchange.method() + " on queries");
        }
        QueryRequest request = exchange.body(QueryRequest.class);
        Job job = QueryRequests.insert(jobs, runner, request);
        if (Boolean.TRUE.equals(request.getDryRun())) {
            exchange.answer(OK, dryRun(job));
            return;
        }
        long wait = request.getTimeoutMs() == null ? WAIT_MILLIS : request.getTimeoutMs();
        exchange.answer(
                OK,
                results(job.getJobReference().getJobId(), wait, QueryRequests.page(request), int64(request))
                        .set("kind", "bigquery#queryResponse"));
    }

    private static boolean int64(QueryRequest request) {
        return request.getFormatOptions() != null
                && Boolean.TRUE.equals(request.getFormatOptions().getUseInt64Timestamp());
    }

    private static GenericJson dryRun(Job job) {
        JobStatistics2 statistics = job.getStatistics().getQuery();
        return new GetQueryResultsResponse()
                .setKind("bigquery#queryResponse")
                .setJobComplete(true)
                .setSchema(statistics.getSchema())
                .setTotalBytesProcessed(statistics.getTotalBytesProcessed());
    }

    /** jobs.getQueryResults. */
    void results(Exchange exchange, String id) throws IOException {
        if (!exchange.method().equals("GET")) {
            throw ApiError.unsupported(exchange.method() + " on a query");
        }
        long wait = exchange.number("timeoutMs", WAIT_MILLIS);
        exchange.answer(OK, results(id, wait, Page.of(exchange), exchange.wantsInt64Timestamps()));
    }

    private GetQueryResultsResponse results(String id, long wait, Page page, boolean int64) {
        try {
            runner.await(id, Math.min(LONGEST_WAIT_MILLIS, wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Job job = runner.current(id);
        if (job.getConfiguration().getQuery() == null) {
            throw ApiError.invalid("Job %s is not a query job".formatted(job.getId()));
        }
        var response = new GetQueryResultsResponse()
                .setKind("bigquery#getQueryResultsResponse")
                .setJobReference(job.getJobReference());
        if (!"DONE".equals(job.getStatus().getState())) {
            return response.setJobComplete(false);
        }
        if (job.getStatus().getErrorResult() != null) {
            throw ApiError.of(job.getStatus().getErrorResult());
        }
        JobStatistics2 statistics = job.getStatistics().getQuery();
        response.setJobComplete(true)
                .setCacheHit(false)
                .setTotalBytesProcessed(statistics.getTotalBytesProcessed())
                .setNumDmlAffectedRows(statistics.getNumDmlAffectedRows());
        return rows(response, job.getConfiguration().getQuery().getDestinationTable(), page, int64);
    }

    private GetQueryResultsResponse rows(
            GetQueryResultsResponse response,
            @org.jspecify.annotations.Nullable TableReference reference,
            Page page,
            boolean int64) {
        if (reference == null) {
            return response.setTotalRows(BigInteger.ZERO).setSchema(new TableSchema().setFields(List.of()));
        }
        return store.read(connection -> {
            Tables.Stored table =
                    tables.get(connection, new TableName(reference.getDatasetId(), reference.getTableId()));
            long total = Rows.count(connection, table);
            return response.setTotalRows(BigInteger.valueOf(total))
                    .setSchema(table.resource().getSchema())
                    .setRows(Rows.page(connection, table, page.start(), page.size(), int64))
                    .setPageToken(page.nextOf(total));
        });
    }
}
