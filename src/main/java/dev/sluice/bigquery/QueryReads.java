package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.TableRow;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.RemoteCalls.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** SELECTs whose whole result is wanted: submit, wait and page under one deadline. Thread-safe. */
final class QueryReads {

    private static final long LONGEST_POLL_MILLIS = 10_000;
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);
    private static final long PAGE_ROWS = 10_000;

    private final Bigquery bigquery;
    private final Project project;
    private final RemoteCalls calls;
    private final JobResources resources;
    private final RunningJobs running;

    QueryReads(Bigquery bigquery, Project project, RemoteCalls calls, JobResources resources, RunningJobs running) {
        this.bigquery = bigquery;
        this.project = project;
        this.calls = calls;
        this.resources = resources;
        this.running = running;
    }

    QueryRows query(SqlStatement statement, Deadline deadline) {
        var submit = new Purpose("submit", "query " + statement.name(), null);
        JobReference job = calls.call(
                        submit,
                        deadline,
                        () -> bigquery.jobs()
                                .insert(project.id(), resources.query(statement, deadline))
                                .execute())
                .getJobReference();
        try {
            return read(job.getJobId(), statement, deadline);
        } catch (DeadlineExceeded e) {
            running.cancelLater(job.getJobId());
            throw e;
        }
    }

    private QueryRows read(String id, SqlStatement statement, Deadline deadline) {
        GetQueryResultsResponse page = firstPage(id, statement, deadline);
        Schema schema = Cells.schema(page.getSchema());
        List<FieldValueList> rows = new ArrayList<>();
        add(rows, page, schema);
        while (page.getPageToken() != null) {
            String token = page.getPageToken();
            page = calls.call(
                    new Purpose("page", "read " + statement.name(), id),
                    deadline,
                    () -> results(id)
                            .setMaxResults(PAGE_ROWS)
                            .setPageToken(token)
                            .execute());
            add(rows, page, schema);
        }
        return new QueryRows(schema, rows);
    }

    private GetQueryResultsResponse firstPage(String id, SqlStatement statement, Deadline deadline) {
        var purpose = new Purpose("poll", "query " + statement.name(), id);
        while (true) {
            long wait = Math.min(LONGEST_POLL_MILLIS, deadline.remaining().toMillis() / 2);
            GetQueryResultsResponse page = calls.call(
                    purpose,
                    deadline,
                    () -> results(id)
                            .setTimeoutMs(wait)
                            .setMaxResults(PAGE_ROWS)
                            .execute());
            if (Boolean.TRUE.equals(page.getJobComplete())) {
                return page;
            }
            // the server was asked to wait, but need not have done so
            calls.await(BETWEEN_POLLS, purpose, deadline);
        }
    }

    private Bigquery.Jobs.GetQueryResults results(String id) throws java.io.IOException {
        return bigquery.jobs().getQueryResults(project.id(), id).setLocation(project.location());
    }

    private static void add(List<FieldValueList> rows, GetQueryResultsResponse page, Schema schema) {
        List<TableRow> there = page.getRows() == null ? List.of() : page.getRows();
        there.forEach(row -> rows.add(Cells.row(row, schema)));
    }
}
