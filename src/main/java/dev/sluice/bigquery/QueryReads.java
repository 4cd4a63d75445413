package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Job;
import com.google.cloud.bigquery.FieldValueList;
import dev.sluice.bigquery.BigQueryFailure.Closed;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import dev.sluice.bigquery.ResultPages.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** SELECTs: submits them, waits for their results, and asks anew if BigQuery itself is to blame. Thread-safe. */
final class QueryReads {

    private static final int MAX_ATTEMPTS = 3;

    private final Bigquery bigquery;
    private final Project project;
    private final RemoteCalls calls;
    private final JobResources resources;
    private final RunningJobs running;
    private final ResultPages pages;

    QueryReads(
            Bigquery bigquery,
            Project project,
            RemoteCalls calls,
            JobResources resources,
            RunningJobs running,
            ResultPages pages) {
        this.bigquery = bigquery;
        this.project = project;
        this.calls = calls;
        this.resources = resources;
        this.running = running;
        this.pages = pages;
    }

    QueryRows query(SqlStatement statement, Deadline deadline, Observation observation) {
        return complete(statement, deadline, observation, id -> read(id, statement, deadline, observation));
    }

    /** Waits for the result, reads no row, and does the rest. */
    <T> T keep(SqlStatement statement, Deadline deadline, Observation observation, Function<String, T> rest) {
        return complete(statement, deadline, observation, id -> {
            Page none = pages.first(id, statement.name(), 0, deadline);
            observation.learned(none.figures());
            return rest.apply(id);
        });
    }

    private <T> T complete(
            SqlStatement statement, Deadline deadline, Observation observation, Function<String, T> read) {
        var submit = new Purpose(CallKind.SUBMIT_QUERY, "query " + statement.name(), null);
        for (int attempt = 1; ; attempt++) {
            String id = submit(statement, submit, deadline);
            observation.submitted(id);
            try {
                return read.apply(id);
            } catch (DeadlineExceeded | Closed e) {
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
        Page page = pages.first(id, statement.name(), ResultPages.MOST_ROWS, deadline);
        observation.learned(page.figures());
        List<FieldValueList> rows = new ArrayList<>(page.rows());
        while (page.next() != null) {
            page = pages.next(id, statement.name(), page, deadline);
            rows.addAll(page.rows());
        }
        return new QueryRows(page.schema(), rows);
    }
}
