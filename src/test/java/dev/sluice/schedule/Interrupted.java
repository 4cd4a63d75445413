package dev.sluice.schedule;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Connections of a node to which something happens once: before the first statement that begins with some words. */
final class Interrupted extends AbstractDataSource {

    private final DataSource dataSource;
    private final String before;
    private final Runnable meanwhile;
    private final AtomicBoolean happened = new AtomicBoolean();

    Interrupted(DataSource dataSource, String before, Runnable meanwhile) {
        this.dataSource = dataSource;
        this.before = before;
        this.meanwhile = meanwhile;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = dataSource.getConnection();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    boolean here = method.getName().equals("prepareStatement")
                            && String.valueOf(arguments[0]).startsWith(before);
                    if (here && happened.compareAndSet(false, true)) {
                        meanwhile.run();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }
}
