package dev.sluice.jobs.retention;

import dev.sluice.definition.LaunchCheck;
import dev.sluice.ledger.Fences;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Removes finished instances whose runs ended long ago. A restart continues behind the last removed block. */
@Configuration(proxyBeanMethods = false)
class PurgeJob {

    static final String NAME = "purge";

    @Bean(NAME)
    Job purge(JobRepository repository, PlatformTransactionManager transactions, PurgeParts parts) {
        return new JobBuilder(NAME, repository)
                .start(begin(repository, transactions, parts))
                .next(removing("removeRuns", repository, transactions, parts, parts.runs()))
                .next(removing("removeEffects", repository, transactions, parts, parts.effects()))
                .build();
    }

    /** What the steps share. */
    record PurgeParts(Purges purges, RunRemoval runs, EffectRemoval effects) {}

    @Bean
    PurgeParts purgeParts(
            DataSource repository,
            Fences fences,
            @Value("${sluice.root:.}") String root,
            @Value("${sluice.home:.sluice}") String home) {
        var statements = new PurgeStatements(repository, Path.of(root, "sql"));
        var purges = new Purges(statements, fences, Path.of(home), ZoneId.systemDefault());
        var effects = new EffectRemoval(statements, purges);
        return new PurgeParts(purges, new RunRemoval(statements, purges, effects), effects);
    }

    @Bean
    LaunchCheck purgeLaunchCheck() {
        return new PurgeLaunchCheck();
    }

    /** Runs again at a restart: the purge's receipt belongs to the run that ends it. */
    private static Step begin(JobRepository repository, PlatformTransactionManager transactions, PurgeParts parts) {
        return new StepBuilder("beginPurge", repository)
                .tasklet(
                        (contribution, chunk) -> {
                            JobExecution run = contribution.getStepExecution().getJobExecution();
                            parts.purges().begin(run);
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .allowStartIfComplete(true)
                .build();
    }

    private static <T> Step removing(
            String name,
            JobRepository repository,
            PlatformTransactionManager transactions,
            PurgeParts parts,
            Removal<T> removal) {
        return new FreshStep(name, () -> {
            var stream = new RemovalStream<>(parts.purges(), removal);
            return new StepBuilder(name, repository)
                    .<List<T>, List<T>>chunk(1).transactionManager(transactions).reader(stream).writer(stream).stream(
                                    stream)
                            .listener(stream)
                            .build();
        });
    }
}
