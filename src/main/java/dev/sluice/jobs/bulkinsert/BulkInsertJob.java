package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.BigQueryTables;
import dev.sluice.bigquery.Deadlines;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.catalogue.TableCatalogue;
import dev.sluice.definition.LaunchCheck;
import dev.sluice.definition.RunProgress;
import dev.sluice.ledger.DeadLetters;
import dev.sluice.ledger.Fences;
import dev.sluice.ledger.Intents;
import dev.sluice.ledger.Publications;
import dev.sluice.ledger.Receipts;
import dev.sluice.ledger.Sources;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
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
    Job bulkInsert(JobRepository repository, BulkInsertSteps steps) {
        return new JobBySource(NAME, repository, steps::readHere, steps::readByBigQuery);
    }

    @Bean
    BulkInsertSteps bulkInsertSteps(
            JobRepository repository,
            PlatformTransactionManager transactions,
            BulkInsertRuns runs,
            Parts parts,
            Intents intents,
            DeadLetters deadLetters,
            RunProgress progress,
            Wires wires,
            BulkInsertProperties properties) {
        return new BulkInsertSteps(
                new BulkInsertSteps.Batch(repository, transactions),
                runs,
                parts,
                new StagingStream.Ports(intents, deadLetters, progress, wires),
                properties.bulkInsert().stagingLifetime());
    }

    /** What the steps share. */
    record Parts(Door door, PublishRowsTasklet.Ledger ledger, SourceDigests digests) {}

    @Bean
    Parts bulkInsertParts(
            BigQueryJobs jobs,
            BigQueryTables tables,
            SqlFiles sql,
            Deadlines deadlines,
            PublishRowsTasklet.Ledger ledger,
            SourceDigests digests) {
        return new Parts(new Door(jobs, tables, sql, deadlines), ledger, digests);
    }

    @Bean
    PublishRowsTasklet.Ledger bulkInsertLedger(Sources sources, Publications publications, Receipts receipts) {
        return new PublishRowsTasklet.Ledger(sources, publications, receipts);
    }

    @Bean
    BulkInsertRuns bulkInsertRuns(
            TableCatalogue catalogue, Fences fences, BulkInsertProperties properties, Parts parts) {
        return new BulkInsertRuns(catalogue, fences, properties, parts.door()::schema);
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
