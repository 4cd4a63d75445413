package dev.sluice.database;

import dev.sluice.ledger.RepositoryMigration;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The repository's tables, migrated once in this JVM: many databases that begin with them are copies. */
public final class RepositoryTemplate {

    private static final String IN_MEMORY = "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1;USER=sa";

    private RepositoryTemplate() {}

    private static final class OnH2 {
        static final List<String> STATEMENTS = statements();

        private static List<String> statements() {
            var template = new DriverManagerDataSource(IN_MEMORY.formatted("repository-template"));
            RepositoryMigration.migrate(template, Path.of(""));
            return JdbcClient.create(template).sql("SCRIPT").query(String.class).list().stream()
                    .filter(statement -> !statement.startsWith("--"))
                    .toList();
        }
    }

    private static final class OnPostgres {
        static final String DATABASE = migrated();

        private static String migrated() {
            String url = PostgresServer.newDatabase();
            RepositoryMigration.migrate(new DriverManagerDataSource(url), Path.of(""));
            return PostgresServer.name(url);
        }
    }

    /** The JDBC URL of a new database in memory, which stays until it is dropped. */
    public static String copyOnH2(String name) {
        String url = IN_MEMORY.formatted(name);
        var connection = new SingleConnectionDataSource(url, true);
        try {
            OnH2.STATEMENTS.forEach(new JdbcTemplate(connection)::execute);
        } finally {
            connection.destroy();
        }
        return url;
    }

    /** The JDBC URL of a new database. */
    public static String copyOnPostgres() {
        return PostgresServer.newDatabase(OnPostgres.DATABASE);
    }

    /** Removes a database of this kind or of {@link PostgresServer}, whoever is still connected. */
    public static void drop(String url) {
        if (url.startsWith("jdbc:h2:")) {
            JdbcClient.create(new DriverManagerDataSource(url)).sql("SHUTDOWN").update();
            return;
        }
        PostgresServer.drop(url);
    }
}
