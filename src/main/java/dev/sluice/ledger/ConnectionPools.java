package dev.sluice.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * This process's pools of connections to the repository. A run has a connection of Spring Batch's from the beginning of a
 * chunk to its commit, however long BigQuery takes meanwhile, and beside it one of the ledger's for moments; while it creates
 * something, one of each. As many runs at once as the pools are small would wait for each other. Thread-safe.
 */
public final class ConnectionPools {

    /** For those who look, ask to stop, or schedule. */
    private static final int OTHERS = 2;

    private final DataSource repository;
    private final HikariDataSource ledger;

    ConnectionPools(DataSource repository, HikariDataSource ledger) {
        this.repository = repository;
        this.ledger = ledger;
    }

    /** Makes them as large as so many runs at once need; never smaller. A pool that is not HikariCP's is left to its owner. */
    public void holdAtOnce(int runs) {
        hold(ledger, runs);
        try {
            if (repository.isWrapperFor(HikariDataSource.class)) {
                hold(repository.unwrap(HikariDataSource.class), runs);
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("cannot size the pool of connections to the repository", e);
        }
    }

    private static void hold(HikariDataSource pool, int runs) {
        pool.setMaximumPoolSize(Math.max(pool.getMaximumPoolSize(), runs + OTHERS));
    }
}
