package dev.sluice.launch;

import dev.sluice.ledger.LeaseProperties;
import dev.sluice.ledger.Leases;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.ledger.RepositoryMigration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Spring Batch with the gate in front of it: no job files, no application context, nothing else of Sluice. */
final class PlainBatch implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final JdbcConnectionPool pool = JdbcConnectionPool.create(
            "jdbc:h2:mem:plain-%d;DB_CLOSE_DELAY=-1".formatted(DATABASES.incrementAndGet()), "sa", "");
    private final ScheduledThreadPoolExecutor heartbeats = new ScheduledThreadPoolExecutor(1);
    private final JobRepository repository;
    private final LaunchGate gate;

    PlainBatch() throws Exception {
        RepositoryMigration.migrate(pool, Path.of(""));
        var factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(pool);
        factory.setTransactionManager(transactions());
        factory.setIsolationLevelForCreate("ISOLATION_READ_COMMITTED");
        factory.setSerializer(new JsonContexts());
        factory.afterPropertiesSet();
        repository = factory.getObject();
        var operator = new TaskExecutorJobOperator();
        operator.setJobRepository(repository);
        operator.setJobRegistry(new MapJobRegistry());
        operator.setTaskExecutor(new SyncTaskExecutor());
        operator.afterPropertiesSet();
        var database = new LedgerDatabase(pool);
        Leases leases = Leases.in(database, database, new LeaseProperties(Duration.ofSeconds(30)), heartbeats);
        gate = LaunchGate.of(repository, operator, leases, Clock.systemDefaultZone());
    }

    LaunchGate gate() {
        return gate;
    }

    JobRepository repository() {
        return repository;
    }

    PlatformTransactionManager transactions() {
        return new JdbcTransactionManager(pool);
    }

    Job job(Step step) {
        return new JobBuilder("plain", repository).start(step).build();
    }

    @Override
    public void close() {
        heartbeats.shutdownNow();
        pool.dispose();
    }
}
