package dev.sluice.launch;

import dev.sluice.ledger.LedgerDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A repository that is out of reach for a while, for every pool of the process. */
final class Outage implements BeanPostProcessor {

    private volatile boolean down;

    void begin() {
        down = true;
    }

    void end() {
        down = false;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof LedgerDatabase ledger) {
            return new LedgerDatabase(reachable(ledger.dataSource()));
        }
        return bean instanceof DataSource dataSource ? reachable(dataSource) : bean;
    }

    private DataSource reachable(DataSource dataSource) {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                requireUp();
                return reachable(dataSource.getConnection());
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
    }

    private Connection reachable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    boolean closing = method.getName().equals("close");
                    if (closing && down && !connection.getAutoCommit()) {
                        // what a database does when it loses the client
                        connection.rollback();
                    }
                    if (!closing) {
                        requireUp();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void requireUp() throws SQLException {
        if (down) {
            throw new SQLNonTransientConnectionException("connection refused", "08001");
        }
    }
}
