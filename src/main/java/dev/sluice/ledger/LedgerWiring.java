package dev.sluice.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Primary;

/** The ledger's beans; the pools and the heartbeat thread are closed with the context. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LeaseProperties.class)
class LedgerWiring {

    private static final int POOL_SIZE = 4;
    private static final long CONNECTION_TIMEOUT_MILLIS = 10_000;

    /** Not a DataSource bean: Spring Batch must not mistake it for its own. */
    static final class LedgerPool implements AutoCloseable {

        private final HikariDataSource dataSource;

        LedgerPool(HikariDataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        public void close() {
            dataSource.close();
        }
    }

    @Bean
    RepositoryTables repositoryTables(DataSource repository, @Value("${sluice.root:.}") String root) {
        RepositoryMigration.migrate(repository, Path.of(root));
        return new RepositoryTables();
    }

    @Bean
    LedgerPool ledgerPool(JdbcConnectionDetails details) {
        return pool("ledger", POOL_SIZE, details);
    }

    /** One connection that nobody else can use up: what keeps a run ours must not wait. */
    @Bean
    LedgerPool leasePool(JdbcConnectionDetails details) {
        return pool("lease", 1, details);
    }

    @Bean
    ConnectionPools connectionPools(DataSource repository, @Qualifier("ledgerPool") LedgerPool ledger) {
        return new ConnectionPools(repository, ledger.dataSource);
    }

    private static LedgerPool pool(String name, int size, JdbcConnectionDetails details) {
        HikariDataSource dataSource = DataSourceBuilder.create()
                .type(HikariDataSource.class)
                .url(details.getJdbcUrl())
                .username(details.getUsername())
                .password(details.getPassword())
                .build();
        dataSource.setPoolName(name);
        dataSource.setMaximumPoolSize(size);
        dataSource.setMinimumIdle(1);
        dataSource.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        return new LedgerPool(dataSource);
    }

    @Bean
    @DependsOn("repositoryTables")
    LedgerDatabase leaseDatabase(@Qualifier("leasePool") LedgerPool pool) {
        return new LedgerDatabase(pool.dataSource);
    }

    @Bean
    @Primary
    @DependsOn("repositoryTables")
    LedgerDatabase ledgerDatabase(@Qualifier("ledgerPool") LedgerPool pool) {
        return new LedgerDatabase(pool.dataSource);
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledThreadPoolExecutor leaseHeartbeats() {
        var executor = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "lease-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    @Bean
    JdbcLeases leases(
            LedgerDatabase database,
            @Qualifier("leaseDatabase") LedgerDatabase beating,
            LeaseProperties properties,
            ScheduledThreadPoolExecutor leaseHeartbeats) {
        return new JdbcLeases(new JdbcLeases.Databases(database, beating), properties, leaseHeartbeats);
    }

    @Bean
    Generations generations(LedgerDatabase database) {
        return new JdbcGenerations(database);
    }

    @Bean
    Actions actions(LedgerDatabase database) {
        return new JdbcActions(database);
    }

    @Bean
    Intents intents(LedgerDatabase database) {
        return new JdbcIntents(database);
    }

    @Bean
    Sources sources(LedgerDatabase database) {
        return new JdbcSources(database);
    }

    @Bean
    Publications publications(LedgerDatabase database) {
        return new JdbcPublications(database);
    }

    @Bean
    Receipts receipts(LedgerDatabase database) {
        return new JdbcReceipts(database);
    }

    @Bean
    DeadLetters deadLetters(LedgerDatabase database) {
        return new JdbcDeadLetters(database);
    }

    @Bean
    RunSummaries runSummaries(LedgerDatabase database) {
        return new JdbcRunSummaries(database);
    }

    @Bean
    QueryRecords queryRecords(LedgerDatabase database) {
        return new JdbcQueryRecords(database);
    }
}
