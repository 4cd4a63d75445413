package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.TableRow;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SELECTs whose whole result is wanted: submit, wait and page under one deadline. Thread-safe. */
final class QueryReads {

    private static final int MAX_ATTEMPTS = 3;
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

    QueryRows query(SqlStatement statement, Deadline deadline, Observation observation) {
        var submit = new Purpose(CallKind.SUBMIT_QUERY, "query " + statement.name(), null);
        for (int attempt = 1; ; attempt++) {
            String id = submit(statement, submit, deadline);
            observation.submitted(id);
            try {
                return read(id, statement, deadline, observation);
            } catch (DeadlineExceeded e) {
                running.cancelLater(id);
                throw e;
            } catch (Transient e) {
                if (attempt == MAX_ATTEMPTS || !isSpent(id, deadline)) {
                    throw e;
                }
            } catch (Permanent e) {
                if (attempt == MAX_ATTEMPTS || RetryPolicy.ofJob(e.reason()) != Verdict.NEW_ATTEMPT) {
                    throw e;
                }
            }
            calls.backOff(attempt, Verdict.NEW_ATTEMPT, submit, deadline);
        }
    }

    private String submit(SqlStatement statement, Purpose purpose, Deadline deadline) {
        Job job = resources.query(statement, deadline);
        return calls.call(
                purpose,
                deadline,
                () -> bigquery.jobs()
                        .insert(project.id(), job)
                        .execute()
                        .getJobReference()
                        .getJobId());
    }

    /** Asking for the results of a BigQuery job that failed fails as if the asking had, for ever. */
    private boolean isSpent(String id, Deadline deadline) {
        return running.find(id, deadline)
                .map(job -> job.getStatus().getErrorResult())
                .map(error -> RetryPolicy.ofJob(String.valueOf(error.getReason())) == Verdict.NEW_ATTEMPT)
                .orElse(false);
    }

    private QueryRows read(String id, SqlStatement statement, Deadline deadline, Observation observation) {
        Page page = firstPage(id, statement, deadline);
        observation.learned(page.figures());
        Schema schema = page.schema();
        List<FieldValueList> rows = new ArrayList<>(page.rows());
        var purpose = new Purpose(CallKind.READ_PAGE, "read " + statement.name(), id);
        while (page.next() != null) {
            String token = page.next();
            page = calls.call(
                    purpose,
                    deadline,
                    () -> page(results(id).setPageToken(token).execute(), schema));
            rows.addAll(page.rows());
        }
        return new QueryRows(schema, rows);
    }

    private Page firstPage(String id, SqlStatement statement, Deadline deadline) {
        var purpose = new Purpose(CallKind.AWAIT_RESULT, "query " + statement.name(), id);
        while (true) {
            long wait = Math.min(LONGEST_POLL_MILLIS, deadline.remaining().toMillis() / 2);
            Optional<Page> page = calls.call(purpose, deadline, () -> {
                GetQueryResultsResponse answer = results(id).setTimeoutMs(wait).execute();
                return Boolean.TRUE.equals(answer.getJobComplete())
                        ? Optional.of(page(answer, Cells.schema(answer.getSchema())))
                        : Optional.empty();
            });
            if (page.isPresent()) {
                return page.get();
            }
            // the server was asked to wait, but need not have done so
            calls.await(BETWEEN_POLLS, purpose, deadline);
        }
    }

    private Bigquery.Jobs.GetQueryResults results(String id) throws IOException {
        return bigquery.jobs()
                .getQueryResults(project.id(), id)
                .setLocation(project.location())
                .setMaxResults(PAGE_ROWS);
    }

    /** @param next token of the page after this one; null if it is the last */
    private record Page(
            Schema schema,
            List<FieldValueList> rows,
            @Nullable String next,
            JobFigures figures) {}

    /** Inside the remote call, so that a page of another shape counts as one that cannot be read. */
    private static Page page(GetQueryResultsResponse answer, Schema schema) {
        List<TableRow> rows = answer.getRows() == null ? List.of() : answer.getRows();
        return new Page(
                schema,
                rows.stream().map(row -> Cells.row(row, schema)).toList(),
                answer.getPageToken(),
                figures(answer));
    }

    /** A result that was there already costs nothing. */
    private static JobFigures figures(GetQueryResultsResponse answer) {
        boolean cached = Boolean.TRUE.equals(answer.getCacheHit());
        BigInteger rows = answer.getTotalRows();
        return new JobFigures(
                answer.getTotalBytesProcessed(),
                cached ? 0L : null,
                cached ? 0L : null,
                rows == null ? null : rows.longValue(),
                answer.getCacheHit());
    }
}
