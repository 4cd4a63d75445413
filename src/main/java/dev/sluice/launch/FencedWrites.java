package dev.sluice.launch;

import dev.sluice.ledger.Fence;
import java.sql.Connection;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Writes to the job repository that are committed only if the lease is still held, in the transaction of a chunk or in one
 * of their own: whoever sleeps between a look at the lease and the commit has locked the lease. Thread-safe.
 */
final class FencedWrites {

    private final PlatformTransactionManager transactions;
    private final DataSource repository;
    private final DataSource ledger;

    /** @param ledger other connections to the same database */
    FencedWrites(PlatformTransactionManager transactions, DataSource repository, DataSource ledger) {
        this.transactions = transactions;
        this.repository = repository;
        this.ledger = ledger;
    }

    /** @throws dev.sluice.ledger.LeaseLost if it is not, and nothing was written */
    @Nullable
    Object under(Fence fence, MethodInvocation write) throws Throwable {
        TransactionStatus transaction = transactions.getTransaction(new DefaultTransactionDefinition());
        try {
            // first, so that whoever would take over waits for the lease, and not for a row of the run that it holds
            // already
            fence.verifyInside(DataSourceUtils.getConnection(repository));
            Object result = write.proceed();
            transactions.commit(transaction);
            return result;
        } finally {
            if (!transaction.isCompleted()) {
                transactions.rollback(transaction);
            }
        }
    }

    /**
     * As {@link #under}, for a write that insists on a transaction of its own: the lease is locked by another one around it.
     */
    @Nullable
    Object apartUnder(Fence fence, MethodInvocation write) throws Throwable {
        try (Connection lease = ledger.getConnection()) {
            lease.setAutoCommit(false);
            try {
                fence.verifyInside(lease);
                Object result = write.proceed();
                lease.commit();
                return result;
            } finally {
                lease.rollback(); // nothing, once it is committed
                lease.setAutoCommit(true);
            }
        }
    }
}
