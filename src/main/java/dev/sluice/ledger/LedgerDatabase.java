package dev.sluice.ledger;

import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ledger's own small connection pool to the repository database, apart from Spring Batch's, so that an intent is
 * committed even while a chunk transaction is open. Thread-safe.
 */
public final class LedgerDatabase {

    static final int QUERY_TIMEOUT_SECONDS = 10;

    private final DataSource dataSource;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public LedgerDatabase(DataSource dataSource) {
        this(dataSource, QUERY_TIMEOUT_SECONDS);
    }

    LedgerDatabase(DataSource dataSource, int queryTimeoutSeconds) {
        this.dataSource = dataSource;
        this.template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(queryTimeoutSeconds);
        this.jdbc = JdbcClient.create(template);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Executes the statement once for each row of values. */
    void batch(String sql, List<Object[]> rows) {
        template.batchUpdate(sql, rows);
    }

    /**
     * As {@link #inTransaction}, by the owner of a lease: nobody takes it over before the transaction ends.
     *
     * @throws LeaseLost if somebody has, and nothing was done
     */
    <T> T under(Fence owner, Supplier<T> work) {
        return inTransaction(() -> {
            owner.verifyInside(DataSourceUtils.getConnection(dataSource));
            return work.get();
        });
    }

    /** Runs in one transaction of the ledger's pool, committed on return, rolled back on an exception. */
    public <T> T inTransaction(Supplier<T> work) {
        return java.util.Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
