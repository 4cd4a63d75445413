package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.ContentDigest;
import dev.sluice.ledger.SourceRecord;
import dev.sluice.ledger.Sources;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Records in the ledger which content this instance loads, so that no restart loads another. */
final class InspectSourceTasklet implements Tasklet {

    private final BulkInsertRuns runs;
    private final SourceDigests digests;
    private final Sources sources;

    InspectSourceTasklet(BulkInsertRuns runs, SourceDigests digests, Sources sources) {
        this.runs = runs;
        this.digests = digests;
        this.sources = sources;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        BulkInsertRun run = runs.of(contribution.getStepExecution().getJobExecution());
        if (run.input().isObjects()) {
            // what they contain is known when BigQuery has read them
            return RepeatStatus.FINISHED;
        }
        SourceProof proof = RunDigests.of(run, digests).prove(run.input().files());
        String stamp = proof.settled() ? SourceDigests.name(proof.stamps()) : null;
        ContentDigest digest = proof.digest();
        String path = run.parameters().source();
        sources.record(run.instance(), new SourceRecord(path, digest.sha256(), digest.size(), run.runId(), stamp));
        return RepeatStatus.FINISHED;
    }
}
