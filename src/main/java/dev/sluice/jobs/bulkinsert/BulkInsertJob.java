package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.BigQueryTables;
import dev.sluice.bigquery.Deadlines;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.Tier;
import dev.sluice.bigquery.catalogue.TableCatalogue;
import dev.sluice.definition.LaunchCheck;
import dev.sluice.definition.RunProgress;
import dev.sluice.item.FencedCommit;
import dev.sluice.ledger.DeadLetters;
import dev.sluice.ledger.Fences;
import dev.sluice.ledger.Intents;
import dev.sluice.ledger.Publications;
import dev.sluice.ledger.Receipts;
import dev.sluice.ledger.Sources;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Stages a file's rows, verifies them and publishes them at once. A restart continues behind the last staged unit. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BulkInsertProperties.class)
class BulkInsertJob {

    static final String NAME = "bulk-insert";
    static final String STAGE_ROWS = "stageRows";
    static final String SET_ASIDE_ROWS = "setAsideRows";
    static final String PUBLISH_ROWS = "publishRows";

    @Bean(NAME)
    Job bulkInsert(
            JobRepository repository,
            PlatformTransactionManager transactions,
            BulkInsertRuns runs,
            Parts parts,
            StagingStream staging,
            SecondPass second,
            RawStream raw,
            DeadLetters deadLetters,
            BulkInsertProperties properties) {
        var steps = new Steps(repository, transactions);
        var staged = new StagedRows(repository);
        FencedCommit commit = parts.commit();
        Door door = parts.door();
        var lifetime = properties.bulkInsert().stagingLifetime();
        Step inspect = steps.act(
                "inspectSource",
                new InspectSourceTasklet(runs, parts.digests(), parts.ledger().sources(), commit));
        Step prepare = steps.act("prepareTables", new PrepareTablesTasklet(runs, door, commit, lifetime));
        Step verify = steps.act("verifyStaging", new VerifyStagingTasklet(runs, parts, staged));
        Step publish = steps.act(PUBLISH_ROWS, new PublishRowsTasklet(runs, door, staged, parts.ledger(), commit));
        Step drop = steps.act("dropStaging", new DropStagingTasklet(runs, door, commit));
        List<Step> readHere = List.of(
                inspect,
                prepare,
                steps.units(STAGE_ROWS, staging, staging),
                steps.units(SET_ASIDE_ROWS, second, second),
                steps.act("cleanStaging", new CleanStagingTasklet(runs, parts, staged)),
                verify,
                publish,
                drop);
        List<Step> readByBigQuery = List.of(
                inspect,
                steps.units(STAGE_ROWS, raw, raw),
                prepare,
                steps.act(CheckRowsTasklet.STEP, new CheckRowsTasklet(runs, parts, staged)),
                steps.act(SET_ASIDE_ROWS, new SetAsideRejectsTasklet(runs, parts, staged, deadLetters, lifetime)),
                verify,
                publish,
                drop);
        return new JobBySource(NAME, repository, readHere, readByBigQuery);
    }

    /** Builds steps; each tasklet is a single act. */
    private record Steps(JobRepository repository, PlatformTransactionManager transactions) {

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

    /** What the steps share. */
    record Parts(Door door, PublishRowsTasklet.Ledger ledger, FencedCommit commit, SourceDigests digests) {}

    @Bean
    Parts bulkInsertParts(
            BigQueryJobs jobs,
            BigQueryTables tables,
            SqlFiles sql,
            Deadlines deadlines,
            PublishRowsTasklet.Ledger ledger,
            DataSource dataSource,
            BulkInsertProperties properties) {
        return new Parts(
                new Door(jobs, tables, sql, deadlines),
                ledger,
                new FencedCommit(dataSource),
                new SourceDigests(properties.bulkInsert().maxExpansion()));
    }

    @Bean
    PublishRowsTasklet.Ledger bulkInsertLedger(Sources sources, Publications publications, Receipts receipts) {
        return new PublishRowsTasklet.Ledger(sources, publications, receipts);
    }

    @Bean
    BulkInsertRuns bulkInsertRuns(
            TableCatalogue catalogue,
            Fences fences,
            BulkInsertProperties properties,
            BigQueryTables tables,
            Deadlines deadlines) {
        return new BulkInsertRuns(
                catalogue, fences, properties, table -> tables.find(table, deadlines.start(Tier.BATCH)));
    }

    @Bean
    StagingStream bulkInsertStaging(
            BulkInsertRuns runs,
            BigQueryJobs jobs,
            Intents intents,
            DeadLetters deadLetters,
            Parts parts,
            RunProgress progress) {
        return new StagingStream(
                runs,
                new StagingStream.Ports(
                        jobs, intents, deadLetters, parts.ledger().sources()),
                parts.commit(),
                progress);
    }

    @Bean
    RawStream bulkInsertRaw(BulkInsertRuns runs, Parts parts, RunProgress progress, BulkInsertProperties properties) {
        return new RawStream(runs, parts, progress, properties.bulkInsert().stagingLifetime());
    }

    @Bean
    SecondPass bulkInsertSecondPass(BulkInsertRuns runs, Parts parts, DeadLetters deadLetters) {
        return new SecondPass(runs, parts.door(), deadLetters, parts.commit());
    }

    @Bean
    LaunchCheck bulkInsertLaunchCheck(
            TableCatalogue catalogue, BulkInsertRuns runs, Parts parts, BulkInsertProperties properties) {
        return new BulkInsertLaunchCheck(
                new InputCheck(catalogue, properties.bulkInsert().maxExpansion()),
                runs,
                parts.digests(),
                parts.ledger());
    }
}
