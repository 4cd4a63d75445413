package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.home.ProgramFile;
import dev.sluice.ledger.RepositoryMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class NewRepositoryTests {

    private static final Path CHECKOUT = Path.of("");
    private static final String PASSWORD = "c0ffee";
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    Path parent;

    private ProgramFile template;

    @BeforeEach
    void nameTemplate() {
        template = new ProgramFile(parent.resolve("template.mv.db"));
    }

    @Test
    void keepsTheFirstWithoutRowsOrPasswords() throws Exception {
        make("first", CHECKOUT);

        Files.copy(
                template.path(), Files.createDirectory(parent.resolve("kept")).resolve("sluice.mv.db"));
        assertThat(query("kept", "", "SELECT COUNT(*) FROM BATCH_JOB_INSTANCE")).containsExactly("0");
    }

    @Test
    void copiesWhatIsKept() throws Exception {
        make("first", CHECKOUT);
        Files.setLastModifiedTime(template.path(), LONG_AGO);
        make("second", CHECKOUT);

        assertThat(Files.getLastModifiedTime(template.path())).isEqualTo(LONG_AGO);
        assertThat(installations("second")).isEqualTo(installations("first")).hasSizeGreaterThan(10);
    }

    @Test
    void givesEveryHomeItsOwnPassword() throws Exception {
        make("first", CHECKOUT);

        try (Connection connection = open("first", PASSWORD)) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> open("first", ""))
                .withMessageContaining("Wrong user name or password");
    }

    @Test
    void beginsAgainAfterOneThatWasKilled() throws Exception {
        Path killed = Files.createDirectory(parent.resolve("killed"));
        Files.writeString(killed.resolve("new.mv.db"), "half of a database");
        Files.writeString(killed.resolve("new.trace.db"), "what H2 says of it");

        make("killed", CHECKOUT);

        assertThat(installations("killed")).hasSizeGreaterThan(10);
        assertThat(parent.resolve("killed")).isDirectoryNotContaining("glob:**new.*");
    }

    @Test
    void namesOtherTablesOtherwise() throws Exception {
        Path other = parent.resolve("checkout");
        copyScripts(other);
        assertThat(RepositoryMigration.version(other)).isPresent().isEqualTo(RepositoryMigration.version(CHECKOUT));

        Files.writeString(other.resolve("sql/jobrepository/V99__more.sql"), "CREATE TABLE MORE (A INTEGER);");
        assertThat(RepositoryMigration.version(other)).isPresent().isNotEqualTo(RepositoryMigration.version(CHECKOUT));

        Files.writeString(other.resolve("sql/jobrepository/R__views.sql"), "SELECT 1;");
        assertThat(RepositoryMigration.version(other)).isEmpty();
    }

    private void make(String home, Path root) throws SQLException, IOException {
        new NewRepository(Files.createDirectories(parent.resolve(home)), root, Optional.of(template))
                .makeUnlessThere(PASSWORD);
    }

    private static void copyScripts(Path root) throws IOException {
        Path to = Files.createDirectories(root.resolve("sql/jobrepository"));
        try (var scripts = Files.newDirectoryStream(CHECKOUT.resolve("sql/jobrepository"))) {
            for (Path script : scripts) {
                Files.copy(script, to.resolve(script.getFileName()));
            }
        }
    }

    /** When Flyway made each version's tables. */
    private List<String> installations(String home) throws SQLException {
        return query(home, PASSWORD, "SELECT \"installed_on\" FROM \"flyway_schema_history\" ORDER BY 1");
    }

    private List<String> query(String home, String password, String sql) throws SQLException {
        try (Connection connection = open(home, password)) {
            return JdbcClient.create(new SingleConnectionDataSource(connection, true))
                    .sql(sql)
                    .query(String.class)
                    .list();
        }
    }

    private Connection open(String home, String password) throws SQLException {
        return DriverManager.getConnection(
                HomeServerRepository.url(parent.resolve(home).resolve("sluice")),
                HomeServerRepository.KEEPER,
                password);
    }
}
