package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.ledger.Fence;
import dev.sluice.ledger.LeaseLost;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is written and the look at the lease are one transaction, the look first. */
class FencedWritesTests {

    private final DriverManagerDataSource database =
            new DriverManagerDataSource("jdbc:h2:mem:fenced-writes;DB_CLOSE_DELAY=-1");
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    private final FencedWrites writes = new FencedWrites(transactions, database, database);

    /** Leaves a row, as the real one does. */
    private static final class LeavesARow implements Fence {
        private boolean lost;

        @Override
        public void verify() {}

        @Override
        public void verifyInside(Connection transaction) {
            if (lost) {
                throw new LeaseLost("taken over");
            }
            try (var statement = transaction.createStatement()) {
                statement.executeUpdate("INSERT INTO WRITTEN (WHAT) VALUES ('fence')");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final LeavesARow fence = new LeavesARow();
    private boolean apart;

    @BeforeEach
    void create() {
        jdbc.sql("DROP TABLE IF EXISTS WRITTEN").update();
        jdbc.sql("CREATE TABLE WRITTEN (ID INTEGER GENERATED ALWAYS AS IDENTITY, WHAT VARCHAR(10))")
                .update();
    }

    private List<String> written() {
        return jdbc.sql("SELECT WHAT FROM WRITTEN ORDER BY ID")
                .query(String.class)
                .list();
    }

    private void write(Runnable also) {
        var proxy = new ProxyFactory(Runnable.class, (org.aopalliance.intercept.MethodInterceptor) this::under);
        proxy.setTarget((Runnable) () -> {
            jdbc.sql("INSERT INTO WRITTEN (WHAT) VALUES ('write')").update();
            also.run();
        });
        ((Runnable) proxy.getProxy()).run();
    }

    private Object under(MethodInvocation call) throws Throwable {
        return apart ? writes.apartUnder(fence, call) : writes.under(fence, call);
    }

    @Test
    void looksAtTheLeaseFirst() {
        write(() -> {});
        assertThat(written()).containsExactly("fence", "write");
    }

    @Test
    void writesNothingOnceTheLeaseIsLost() {
        fence.lost = true;
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> write(() -> {}));
        assertThat(written()).isEmpty();
    }

    /** Another process waits for the lease as long as what is created is not there. */
    @Test
    void holdsTheLeaseAroundWhatIsCreatedInATransactionOfItsOwn() {
        apart = true;
        write(() -> assertThat(written()).as("seen by others").containsExactly("write"));
        assertThat(written()).containsExactly("fence", "write");

        fence.lost = true;
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> write(() -> {}));
        assertThat(written()).hasSize(2);
    }

    @Test
    void commitsBothOrNeither() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> write(() -> {
                    throw new IllegalStateException("died");
                }));
        assertThat(written()).isEmpty();
    }

    @Test
    void joinsTheTransactionOfAChunk() {
        new TransactionTemplate(transactions).executeWithoutResult(chunk -> {
            write(() -> {});
            chunk.setRollbackOnly();
        });
        assertThat(written()).isEmpty();
    }
}
