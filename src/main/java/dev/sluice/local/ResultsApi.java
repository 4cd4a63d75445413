package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryRequest;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableRow;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Results of queries over REST. */
final class ResultsApi {

    private static final int OK = 200;
    private static final long WAIT_MILLIS = 10_000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Store store;
    private final Tables tables;
    private final RunningJobs running;
    private final JobsApi jobs;
    private final Quotas quotas;

    ResultsApi(Store store, Tables tables, RunningJobs running, JobsApi jobs, Quotas quotas) {
        this.quotas = quotas;
        this.store = store;
        this.tables = tables;
        this.running = running;
        this.jobs = jobs;
    }

    /** jobs.query: inserts a job, and answers with its first page if it ends in time. */
    void query(Exchange exchange) throws IOException {
        if (!exchange.method().equals("POST")) {
            throw ApiError.unsupported(exchange.method() + " on queries");
        }
        try {
            quotas.querying();
            query(exchange, exchange.body(QueryRequest.class));
        } finally {
            quotas.queried();
        }
    }

    private void query(Exchange exchange, QueryRequest request) throws IOException {
        long wait =
                Math.min(LONGEST_WAIT_MILLIS, request.getTimeoutMs() == null ? WAIT_MILLIS : request.getTimeoutMs());
        TimestampFormat moments = TimestampFormat.of(request.getFormatOptions());
        Job job = QueryRequests.insert(jobs, running, request, wait);
        if (Boolean.TRUE.equals(request.getDryRun())) {
            exchange.answer(OK, dryRun(job));
            return;
        }
        exchange.answer(OK, queried(results(job, QueryRequests.page(request), moments), job));
    }

    /** What jobs.query answers beyond the results. */
    private static GenericJson queried(GetQueryResultsResponse results, Job job) {
        results.setEtag(null).set("kind", "bigquery#queryResponse");
        results.set("queryId", job.getJobReference().getJobId());
        results.set("jobCreationReason", Map.of("code", "REQUESTED"));
        return times(results, job);
    }

    private static GenericJson times(GenericJson response, Job job) {
        var statistics = job.getStatistics();
        response.set("location", job.getJobReference().getLocation());
        response.set("creationTime", text(statistics.getCreationTime()));
        response.set("startTime", text(statistics.getStartTime()));
        response.set("endTime", text(statistics.getEndTime()));
        if (statistics.getQuery() != null) {
            response.set("totalBytesBilled", text(statistics.getQuery().getTotalBytesBilled()));
            response.set("dmlStats", statistics.getQuery().getDmlStats());
        }
        return response;
    }

    private static @Nullable String text(@Nullable Long number) {
        return number == null ? null : number.toString();
    }

    private static GenericJson dryRun(Job job) {
        JobStatistics2 statistics = job.getStatistics().getQuery();
        GetQueryResultsResponse response = new GetQueryResultsResponse()
                .setKind("bigquery#queryResponse")
                .setJobReference(job.getJobReference())
                .setCacheHit(false)
                .setJobComplete(true)
                .setSchema(statistics.getSchema())
                .setTotalBytesProcessed(statistics.getTotalBytesProcessed());
        return times(response, job);
    }

    /** jobs.getQueryResults. */
    void results(Exchange exchange, String id) throws IOException {
        if (!exchange.method().equals("GET")) {
            throw ApiError.unsupported(exchange.method() + " on a query");
        }
        long wait = exchange.number("timeoutMs", WAIT_MILLIS);
        running.await(id, Math.min(LONGEST_WAIT_MILLIS, wait));
        exchange.answer(OK, results(jobs.current(exchange, id), Page.of(exchange), TimestampFormat.of(exchange)));
    }

    private GetQueryResultsResponse results(Job job, Page page, TimestampFormat moments) {
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
                .setCacheHit(Boolean.TRUE.equals(statistics.getCacheHit()))
                .setTotalBytesProcessed(statistics.getTotalBytesProcessed())
                .setNumDmlAffectedRows(statistics.getNumDmlAffectedRows());
        return rows(response, job.getConfiguration().getQuery().getDestinationTable(), page, moments);
    }

    private GetQueryResultsResponse rows(
            GetQueryResultsResponse response, @Nullable TableReference reference, Page page, TimestampFormat moments) {
        if (reference == null) {
            return response.setTotalRows(BigInteger.ZERO).setSchema(new TableSchema().setFields(List.of()));
        }
        PartitionNames.Name name = PartitionNames.of(Tables.name(reference));
        Optional<ResultTables.Result> latest =
                tables.results().latest(name.table()).filter(result -> name.partition() == null);
        response.setEtag(Resources.etag(reference.getTableId() + page));
        return latest.flatMap(result -> few(response, result, page))
                .orElseGet(() -> store.read(connection -> {
                    StoredTable table =
                            latest.isPresent() ? latest.get().table() : tables.get(connection, name.table());
                    String condition = CopySource.now(table, name.partition()).condition();
                    var choice = new Rows.Choice(condition, table.fields());
                    return stored(connection, response, table, choice, page, moments);
                }));
    }

    /** Of rows that are remembered, if they fit on the page. */
    private static Optional<GetQueryResultsResponse> few(
            GetQueryResultsResponse response, ResultTables.Result result, Page page) {
        StoredTable table = result.table();
        return Optional.ofNullable(result.rows())
                .flatMap(rows -> rows.on(page, table.fields()))
                .map(rows -> answer(response, table, rows, rows.size(), page));
    }

    private static GetQueryResultsResponse stored(
            Connection connection,
            GetQueryResultsResponse response,
            StoredTable table,
            Rows.Choice choice,
            Page page,
            TimestampFormat moments)
            throws SQLException {
        List<TableRow> rows = Rows.page(connection, table, choice, page.start(), page.size(), moments);
        boolean all = page.start() == 0 && rows.size() < page.size();
        long total = all ? rows.size() : Rows.count(connection, table, choice.condition());
        return answer(response, table, rows, total, page);
    }

    private static GetQueryResultsResponse answer(
            GetQueryResultsResponse response, StoredTable table, List<TableRow> rows, long total, Page page) {
        return response.setTotalRows(BigInteger.valueOf(total))
                .setSchema(table.resource().getSchema())
                .setRows(rows.isEmpty() ? null : rows)
                .setPageToken(page.nextOf(total));
    }
}
