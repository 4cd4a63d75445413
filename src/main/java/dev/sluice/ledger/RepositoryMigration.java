package dev.sluice.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a repository database to this version's tables; the one way in which that is done. */
public final class RepositoryMigration {

    private static final String SCRIPTS = "sql/jobrepository";

    private RepositoryMigration() {}

    /**
     * Names the tables that {@link #migrate} makes: another checkout's are the same if its name is.
     *
     * @param root the checkout
     * @return letters and digits; empty if only Flyway knows what it would do
     */
    public static Optional<String> version(Path root) {
        return MigrationHistory.version(root.resolve(SCRIPTS));
    }

    /**
     * Does what is missing: V1 is {@link RepositorySchema}, the rest is {@code sql/jobrepository}. Several processes may
     * call this at once; each blocks until the tables are there, for at most a minute.
     *
     * @param root the checkout
     * @throws IllegalStateException if the tables cannot be made
     */
    public static void migrate(DataSource repository, Path root) {
        Path scripts = root.resolve(SCRIPTS);
        try {
            if (!MigrationHistory.isComplete(repository, scripts)) {
                migrateInTurn(repository, scripts);
            }
        } catch (SQLException | FlywayException e) {
            throw new IllegalStateException(
                    "cannot prepare the job repository: %s; see that %s is a whole checkout"
                            .formatted(firstLine(e), root.toAbsolutePath()),
                    e);
        }
    }

    @SuppressWarnings("try") // the turn is held, not used
    private static void migrateInTurn(DataSource repository, Path scripts) throws SQLException {
        try (var turn = MigrationTurn.await(repository)) {
            Flyway.configure()
                    .dataSource(repository)
                    .locations("filesystem:" + scripts)
                    .failOnMissingLocations(true)
                    .javaMigrations(new RepositorySchema())
                    .load()
                    .migrate();
        }
    }

    private static String firstLine(Exception problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    }
}
