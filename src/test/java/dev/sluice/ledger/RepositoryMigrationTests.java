package dev.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.database.PostgresServer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(
            strings = {"V12__add-index.sql", "V12.1__index.sql", "R__views.sql", "V02__again.sql", "more/V12__more.sql"
            })
    void leavesToFlywayWhatIsNotNamedAsUsual(String name) throws Exception {
        DataSource repository = repository();
        Path scripts = scripts();
        RepositoryMigration.migrate(repository, folder);
        Path script = scripts.resolve(name);
        Files.createDirectories(script.getParent());
        Files.writeString(script, "CREATE TABLE MORE (ID INTEGER)");

        assertThat(MigrationHistory.isComplete(repository, scripts)).isFalse();
    }

    /** Or two installations would share their leases. */
    @Test
    void doesNotTakeTheTablesOfAnotherSchemaForItsOwn() throws Exception {
        String url = PostgresServer.newDatabase();
        DataSource first = new DriverManagerDataSource(url);
        RepositoryMigration.migrate(first, Path.of("."));
        JdbcClient.create(first).sql("CREATE SCHEMA sluice_b").update();
        DataSource second = new DriverManagerDataSource(url + "&currentSchema=sluice_b,public");
        Path scripts = Path.of("sql/jobrepository");
        assertThat(MigrationHistory.isComplete(first, scripts)).isTrue();
        assertThat(MigrationHistory.isComplete(second, scripts)).isFalse();

        RepositoryMigration.migrate(second, Path.of("."));

        assertThat(MigrationHistory.isComplete(second, scripts)).isTrue();
        assertThat(tables(second, "sluice_b"))
                .isEqualTo(tables(second, "public"))
                .hasSizeGreaterThan(10);
    }

    private static List<String> tables(DataSource repository, String schema) {
        return JdbcClient.create(repository)
                .sql("SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name")
                .param(schema)
                .query(String.class)
                .list();
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
