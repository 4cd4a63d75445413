package dev.sluice.item;

import dev.sluice.ledger.Fence;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Makes the fence the last statement of the chunk transaction that is open on this thread. */
public final class FencedCommit {

    private final DataSource dataSource;

    /** @param dataSource the one whose transaction manager runs the step */
    public FencedCommit(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** To be called once in each chunk; a lost lease then rolls the chunk back instead of committing it. */
    public void guard(Fence fence) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                fence.verifyInside(DataSourceUtils.getConnection(dataSource));
            }
        });
    }
}
