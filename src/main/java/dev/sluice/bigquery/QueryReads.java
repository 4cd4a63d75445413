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
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * SELECTs: submits them, waits for their results, and asks anew if BigQuery itself is to blame. Each try has an id of its
 * own before BigQuery hears of it, so that one whose submission was not answered is not paid twice, and can be cancelled.
 * Thread-safe.
 */
final class QueryReads {

    private static final int MAX_ATTEMPTS = 3;

    private final Bigquery bigquery;
    private final Project project;
    private final RemoteCalls calls;
    private final JobResources resources;
    private final RunningJobs running;
    private final ResultPages pages;
    private final Supplier<String> ids;

    /** @param ids gives each query job one that nobody has used */
    QueryReads(
            Bigquery bigquery,
            Project project,
            RemoteCalls calls,
            JobResources resources,
            RunningJobs running,
            ResultPages pages,
            Supplier<String> ids) {
        this.bigquery = bigquery;
        this.project = project;
        this.calls = calls;
        this.resources = resources;
        this.running = running;
        this.pages = pages;
        this.ids = ids;
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
        for (int attempt = 1; ; attempt++) {
            var tried = new Try(new Purpose(CallKind.SUBMIT_QUERY, "query " + statement.name(), ids.get()));
            try {
                submit(tried, statement, deadline);
                observation.submitted(tried.id());
                return read.apply(tried.id());
            } catch (DeadlineExceeded e) {
                leave(tried, tried.answered || !e.phase().equals("connect") ? 0 : 1, observation);
                throw e;
            } catch (Closed e) {
                leave(tried, 0, observation);
                throw e;
            } catch (Transient e) {
                if (attempt == MAX_ATTEMPTS || !isSpent(tried, deadline, observation)) {
                    leave(tried, 0, observation);
                    throw e;
                }
            } catch (Permanent e) {
                if (attempt == MAX_ATTEMPTS || RetryPolicy.ofJob(e.reason()) != Verdict.NEW_ATTEMPT) {
                    throw e;
                }
            }
            calls.backOff(attempt, Verdict.NEW_ATTEMPT, tried.purpose, deadline);
        }
    }

    /** One query job of those that a query may take. */
    private static final class Try {
        private final Purpose purpose;
        private int exchanges;
        private boolean answered;

        Try(Purpose purpose) {
            this.purpose = purpose;
        }

        String id() {
            return Objects.requireNonNull(purpose.bigQueryJobId());
        }
    }

    private void submit(Try tried, SqlStatement statement, Deadline deadline) {
        Job job = resources.query(tried.id(), statement, deadline);
        calls.attempt(tried.purpose, deadline, () -> {
            tried.exchanges++;
            return bigquery.jobs()
                    .insert(project.id(), job)
                    .execute()
                    .getJobReference()
                    .getJobId();
        });
        tried.answered = true;
    }

    /**
     * Cancels what nobody waits for any more.
     *
     * @param unheard submissions that have not reached BigQuery
     */
    private void leave(Try tried, int unheard, Observation observation) {
        if (tried.exchanges > unheard) {
            observation.submitted(tried.id());
            running.cancelLater(tried.id());
        }
    }

    /** Asking for the results of a BigQuery job that failed fails as if the asking had, for ever. */
    private boolean isSpent(Try tried, Deadline deadline, Observation observation) {
        if (!tried.answered || Thread.currentThread().isInterrupted()) {
            return false;
        }
        try {
            return running.find(tried.id(), deadline)
                    .map(job -> job.getStatus().getErrorResult())
                    .map(error -> RetryPolicy.ofJob(String.valueOf(error.getReason())) == Verdict.NEW_ATTEMPT)
                    .orElse(false);
        } catch (BigQueryFailure e) {
            leave(tried, 0, observation);
            throw e;
        }
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
