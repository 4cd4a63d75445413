package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.TableRow;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pages of a query job's result, in its order. Thread-safe. */
final class ResultPages {

    static final long MOST_ROWS = 10_000;

    private static final long LONGEST_POLL_MILLIS = 10_000;
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);

    private final Bigquery bigquery;
    private final Project project;
    private final RemoteCalls calls;

    ResultPages(Bigquery bigquery, Project project, RemoteCalls calls) {
        this.bigquery = bigquery;
        this.project = project;
        this.calls = calls;
    }

    /** @param next token of the page after this one; null if it is the last */
    record Page(
            Schema schema,
            List<FieldValueList> rows,
            @Nullable String next,
            JobFigures figures) {

        long total() {
            return figures.rows() == null ? rows.size() : figures.rows();
        }
    }

    /**
     * Waits until there is a result.
     *
     * @param name of the statement, for failures
     * @param rows of the page, at most
     */
    Page first(String id, String name, long rows, Deadline deadline) {
        var purpose = new Purpose(CallKind.AWAIT_RESULT, "query " + name, id);
        while (true) {
            long wait = Math.min(LONGEST_POLL_MILLIS, deadline.remaining().toMillis() / 2);
            Optional<Page> page = calls.call(purpose, deadline, () -> {
                GetQueryResultsResponse answer =
                        results(id, rows).setTimeoutMs(wait).execute();
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

    Page next(String id, String name, Page before, Deadline deadline) {
        return calls.call(
                new Purpose(CallKind.READ_PAGE, "read " + name, id),
                deadline,
                () -> page(results(id, MOST_ROWS).setPageToken(before.next()).execute(), before.schema()));
    }

    /** The rows of a finished job's result from {@code row} on; empty if BigQuery no longer keeps it. */
    Optional<Page> from(String id, long row, Deadline deadline) {
        return calls.attempt(new Purpose(CallKind.READ_KEPT_PAGE, "read on at row " + row, id), deadline, () -> {
            GetQueryResultsResponse answer = results(id, MOST_ROWS)
                    .setStartIndex(BigInteger.valueOf(row))
                    .execute();
            return page(answer, Cells.schema(answer.getSchema()));
        });
    }

    private Bigquery.Jobs.GetQueryResults results(String id, long rows) throws IOException {
        return bigquery.jobs()
                .getQueryResults(project.id(), id)
                .setLocation(project.location())
                .setMaxResults(rows);
    }

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
