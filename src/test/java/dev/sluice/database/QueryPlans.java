package dev.sluice.database;

import dev.sluice.ledger.RepositoryMigration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What H2 or PostgreSQL plans for statements, whatever their values. PostgreSQL is told not to read tables whole nor to sort,
 * so that it does only where it must, as it would not know better in a small repository.
 */
public final class QueryPlans implements AutoCloseable {

    private static final int RUNS = 2_000;
    private static final Pattern MARK = Pattern.compile("\\?");

    private final SingleConnectionDataSource repository;
    private final JdbcClient jdbc;
    private final boolean postgres;
    private final Set<String> asked = new LinkedHashSet<>();

    /** @param url of an empty database, user included */
    public QueryPlans(String url) {
        postgres = url.startsWith("jdbc:postgresql:");
        repository = new SingleConnectionDataSource(url, true);
        jdbc = JdbcClient.create(repository);
        RepositoryMigration.migrate(repository, Path.of("."));
        ManyRuns.fill(jdbc, RUNS);
        if (postgres) {
            List.of("seqscan", "sort", "bitmapscan")
                    .forEach(kind ->
                            jdbc.sql("SET enable_%s = off".formatted(kind)).update());
        }
    }

    /** The repository; what it is asked is remembered. */
    public DataSource repository() {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return recording(repository.getConnection());
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
    }

    private Connection recording(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        asked.add(String.valueOf(arguments[0]));
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Of what was asked, in lower case. */
    public List<String> plans() {
        return asked.stream()
                .filter(sql -> sql.startsWith("SELECT") || sql.startsWith("--"))
                .map(this::plan)
                .toList();
    }

    private String plan(String sql) {
        try (var statement = repository.getConnection().createStatement();
                var rows = postgres ? explain(statement, sql) : explain(sql)) {
            var lines = new StringBuilder();
            while (rows.next()) {
                lines.append(rows.getString(1)).append('\n');
            }
            return lines.toString().toLowerCase(Locale.ROOT);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot explain " + sql, e);
        }
    }

    private ResultSet explain(String sql) throws SQLException {
        return repository.getConnection().prepareStatement("EXPLAIN " + sql).executeQuery();
    }

    private static ResultSet explain(Statement statement, String sql) throws SQLException {
        var marks = new int[1];
        String numbered = MARK.matcher(sql).replaceAll(mark -> "\\$" + ++marks[0]);
        statement.execute("DEALLOCATE ALL");
        statement.execute("PREPARE asked AS " + numbered);
        String values = String.join(", ", Collections.nCopies(marks[0], "NULL"));
        return statement.executeQuery("EXPLAIN EXECUTE asked" + (values.isEmpty() ? "" : "(" + values + ")"));
    }

    /** Plans that read a table from one end to the other. */
    public List<String> wholeReads() {
        return plans().stream()
                .filter(plan -> plan.contains("seq scan on") || plan.contains(".tablescan"))
                .toList();
    }

    /** What all plans have in common, as one text in which the indexes that are used have their names. */
    public String together() {
        return plans().stream().collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        repository.destroy();
    }
}
