package dev.sluice.jobs.bulkinsert;

import java.time.Duration;
import java.util.List;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Builds the steps of a bulk insert, anew for each run: readers and writers know where they are, and several runs may go
 * on in one process. Thread-safe.
 */
final class BulkInsertSteps {

    private final Batch batch;
    private final BulkInsertRuns runs;
    private final BulkInsertJob.Parts parts;
    private final StagingStream.Ports ports;
    private final Duration stagingLifetime;

    BulkInsertSteps(
            Batch batch,
            BulkInsertRuns runs,
            BulkInsertJob.Parts parts,
            StagingStream.Ports ports,
            Duration stagingLifetime) {
        this.batch = batch;
        this.runs = runs;
        this.parts = parts;
        this.ports = ports;
        this.stagingLifetime = stagingLifetime;
    }

    /** Of what this process reads. */
    List<Step> readHere() {
        var staging = new StagingStream(runs, parts, ports);
        var second = new SecondPass(runs, parts, ports.deadLetters());
        return List.of(
                inspect(),
                prepare(),
                batch.units(BulkInsertJob.STAGE_ROWS, staging, staging),
                batch.units(BulkInsertJob.SET_ASIDE_ROWS, second, second),
                batch.act("cleanStaging", new CleanStagingTasklet(runs, parts, staged())),
                verify(),
                publish(),
                drop());
    }

    /** Of what BigQuery reads. */
    List<Step> readByBigQuery() {
        var raw = new RawStream(runs, parts, ports.progress(), stagingLifetime);
        return List.of(
                inspect(),
                batch.units(BulkInsertJob.STAGE_ROWS, raw, raw),
                prepare(),
                batch.act(CheckRowsTasklet.STEP, new CheckRowsTasklet(runs, parts, staged())),
                batch.act(
                        BulkInsertJob.SET_ASIDE_ROWS,
                        new SetAsideRejectsTasklet(runs, parts, staged(), ports.deadLetters(), stagingLifetime)),
                verify(),
                publish(),
                drop());
    }

    private StagedRows staged() {
        return new StagedRows(batch.repository());
    }

    private Step inspect() {
        return batch.act(
                "inspectSource",
                new InspectSourceTasklet(runs, parts.digests(), parts.ledger().sources()));
    }

    private Step prepare() {
        return batch.act("prepareTables", new PrepareTablesTasklet(runs, parts.door(), stagingLifetime));
    }

    private Step verify() {
        return batch.act("verifyStaging", new VerifyStagingTasklet(runs, parts, staged()));
    }

    private Step publish() {
        return batch.act(
                BulkInsertJob.PUBLISH_ROWS, new PublishRowsTasklet(runs, parts.door(), staged(), parts.ledger()));
    }

    private Step drop() {
        return batch.act("dropStaging", new DropStagingTasklet(runs, parts.door()));
    }

    /** What Spring Batch needs for a step. */
    record Batch(JobRepository repository, PlatformTransactionManager transactions) {

        /** A tasklet is a single act. */
        Step act(String name, Tasklet tasklet) {
            return new StepBuilder(name, repository)
                    .tasklet(tasklet, transactions)
                    .build();
        }

        /** One load unit per chunk: the commit interval is the unit size. */
        <U, S extends ItemStreamReader<U> & StepExecutionListener> Step units(
                String name, S reader, ItemWriter<U> writer) {
            return new StepBuilder(name, repository)
                    .<U, U>chunk(1).transactionManager(transactions).reader(reader).writer(writer).stream(reader)
                            .listener(reader)
                            .build();
        }
    }
}
