package dev.sluice.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The repository's first version: Spring Batch's own tables, by the script that its jar carries for the database. */
final class RepositorySchema implements JavaMigration {

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("1");
    }

    @Override
    public String getDescription() {
        return "spring batch";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        String database = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        var script = new ClassPathResource("org/springframework/batch/core/schema-%s.sql".formatted(database));
        if (!script.exists()) {
            throw new IllegalStateException(
                    "cannot prepare the job repository: %s is not known; use H2 or PostgreSQL".formatted(database));
        }
        new ResourceDatabasePopulator(script).populate(connection);
    }
}
