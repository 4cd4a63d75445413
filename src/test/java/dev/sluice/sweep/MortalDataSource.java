package dev.sluice.sweep;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source whose commits are moments to die at: before each, and after it. */
final class MortalDataSource implements DataSource {

    private final DataSource dataSource;
    private final DeathSwitch death;

    MortalDataSource(DataSource dataSource, DeathSwitch death) {
        this.dataSource = dataSource;
        this.death = death;
    }

    @Override
    public Connection getConnection() throws SQLException {
        death.requireAlive();
        Connection connection = dataSource.getConnection();
        var executed = new ArrayList<String>();
        return proxy(
                Connection.class, (self, method, arguments) -> onConnection(connection, executed, method, arguments));
    }

    private Object onConnection(Connection connection, List<String> executed, Method method, Object[] arguments)
            throws Throwable {
        if (method.getName().equals("close")) {
            // a dead process's connection is closed by its operating system: the database rolls back
            if (death.isDead() && !connection.getAutoCommit()) {
                connection.rollback();
            }
            return call(connection, method, arguments);
        }
        if (method.getName().equals("commit")) {
            String what = "commit of " + String.join("; ", executed);
            executed.clear();
            return around(what, connection, method, arguments);
        }
        death.requireAlive();
        Object result = call(connection, method, arguments);
        if (result instanceof java.sql.Statement statement) {
            String sql = arguments == null ? "" : String.valueOf(arguments[0]).replaceAll("\\s+", " ");
            Class<?> type = method.getReturnType();
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, given) -> {
                if (called.getName().equals("executeUpdate")) {
                    executed.add(sql);
                }
                return onStatement(connection, sql, statement, called, given);
            });
        }
        return result;
    }

    private Object onStatement(
            Connection connection, String sql, java.sql.Statement statement, Method method, Object[] arguments)
            throws Throwable {
        if (method.getName().equals("close")) {
            return call(statement, method, arguments);
        }
        boolean commits = method.getName().equals("executeUpdate") && connection.getAutoCommit();
        if (commits) {
            return around(sql, statement, method, arguments);
        }
        death.requireAlive();
        return call(statement, method, arguments);
    }

    private Object around(String what, Object target, Method method, Object[] arguments) throws Throwable {
        death.moment("before " + what);
        Object result = call(target, method, arguments);
        death.moment("after " + what);
        return result;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLException("connections have the pool's user");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return dataSource.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        dataSource.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        dataSource.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return dataSource.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return dataSource.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return dataSource.isWrapperFor(type);
    }
}
