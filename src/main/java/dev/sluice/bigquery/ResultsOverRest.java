package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.Job;
import java.time.Instant;
import java.util.Optional;

/** Kept results through the generated client. */
final class ResultsOverRest implements BigQueryResults {

    private final QueryReads reads;
    private final ResultPages pages;
    private final RunningJobs running;
    private final Observations observations;

    ResultsOverRest(QueryReads reads, ResultPages pages, RunningJobs running, Observations observations) {
        this.reads = reads;
        this.pages = pages;
        this.running = running;
        this.observations = observations;
    }

    @Override
    public KeptResult keep(SqlStatement statement, Deadline deadline) {
        Observation observation = observations.begin(JobPurpose.read(statement, deadline.tier()), deadline);
        return observation.during(() -> reads.keep(statement, deadline, observation, id -> kept(id, deadline)));
    }

    private KeptResult kept(String id, Deadline deadline) {
        Job job = running.find(id, deadline)
                .orElseThrow(() -> new BigQueryFailure.Transient(
                        "BigQuery job %s has ended but is not found; restart asks again".formatted(id), null));
        return new KeptResult(id, Instant.ofEpochMilli(job.getStatistics().getStartTime()));
    }

    @Override
    public Optional<ResultPage> page(String bigQueryJobId, long row, Deadline deadline) {
        return pages.from(bigQueryJobId, row, deadline).map(page -> new ResultPage(page.rows(), page.total()));
    }
}
