package dev.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RepositoryMigrationTests {

    private static final int AT_ONCE = 4;

    @TempDir
    Path folder;

    @RepeatedTest(10)
    void letsSeveralMigrateAnEmptyRepositoryAtOnce() throws Exception {
        DataSource repository = repository();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        var start = new CyclicBarrier(AT_ONCE);
        List<Future<?>> migrations = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            migrations.add(threads.submit(() -> {
                start.await();
                RepositoryMigration.migrate(repository, Path.of("."));
                return null;
            }));
        }
        for (Future<?> migration : migrations) {
            migration.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(count(repository, "BATCH_JOB_EXECUTION")).isZero();
        assertThat(count(repository, "SLUICE_RECEIPT")).isZero();
        int scripts =
                Objects.requireNonNull(Path.of("sql/jobrepository").toFile().list()).length;
        assertThat(count(repository, "\"flyway_schema_history\" WHERE \"success\" AND \"version\" IS NOT NULL"))
                .isEqualTo(scripts + 1);
    }

    @Test
    void keepsWhatIsThere() {
        DataSource repository = repository();
        RepositoryMigration.migrate(repository, Path.of("."));
        JdbcClient.create(repository)
                .sql("INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, JOB_NAME, JOB_KEY) VALUES (1, 'a', 'b')")
                .update();

        RepositoryMigration.migrate(repository, Path.of("."));

        assertThat(count(repository, "BATCH_JOB_INSTANCE")).isEqualTo(1);
    }

    /** Or every start would start Flyway, too. */
    @Test
    void knowsWhenNothingIsMissing() throws Exception {
        DataSource repository = repository();
        Path scripts = scripts();
        assertThat(MigrationHistory.isComplete(repository, scripts)).isFalse();
        RepositoryMigration.migrate(repository, folder);
        assertThat(MigrationHistory.isComplete(repository, scripts)).isTrue();

        Files.writeString(scripts.resolve("V900__more.sql"), "CREATE TABLE MORE (ID INTEGER)");
        RepositoryMigration.migrate(repository, folder);

        assertThat(count(repository, "MORE")).isZero();
        assertThat(MigrationHistory.isComplete(repository, scripts)).isTrue();
        assertThat(MigrationHistory.isComplete(repository, Path.of("sql/jobrepository")))
                .as("by an older version")
                .isFalse();
    }

    @Test
    void refusesScriptsThatWereChangedAfterwards() throws IOException {
        DataSource repository = repository();
        Path scripts = scripts();
        RepositoryMigration.migrate(repository, folder);
        Path changed = scripts.resolve("V2__ledger.sql");
        Files.writeString(changed, Files.readString(changed) + "-- changed");

        assertThatThrownBy(() -> RepositoryMigration.migrate(repository, folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot prepare the job repository: ");
    }

    @Test
    void doesNotTakeAFailedMigrationForDone() throws Exception {
        DataSource repository = repository();
        Path scripts = scripts();
        RepositoryMigration.migrate(repository, folder);
        JdbcClient.create(repository)
                .sql("UPDATE \"flyway_schema_history\" SET \"success\" = FALSE WHERE \"version\" = '3'")
                .update();

        assertThat(MigrationHistory.isComplete(repository, scripts)).isFalse();
    }

    /** A copy in the folder. */
    private Path scripts() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("sql/jobrepository"));
        for (File script :
                Objects.requireNonNull(Path.of("sql/jobrepository").toFile().listFiles())) {
            Files.copy(script.toPath(), scripts.resolve(script.getName()));
        }
        return scripts;
    }

    @Test
    void saysWhichCheckoutLacksTheTables() {
        assertThatThrownBy(() -> RepositoryMigration.migrate(repository(), folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot prepare the job repository: ")
                .hasMessageContaining(folder.toString());
    }

    private DataSource repository() {
        return new DriverManagerDataSource(
                "jdbc:h2:file:" + folder.resolve("repository") + ";DB_CLOSE_DELAY=2", "sa", "");
    }

    private static long count(DataSource repository, String table) {
        return JdbcClient.create(repository)
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }
}
