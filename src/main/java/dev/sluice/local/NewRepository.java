package dev.sluice.local;

import dev.sluice.home.ProgramFile;
import dev.sluice.home.ServerProgram;
import dev.sluice.ledger.RepositoryMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A home's repository before anybody uses it: there with all its tables, or not at all, whenever the server is killed.
 * The first one of a program is made by Flyway, which takes as long as the rest of a server's start, and is kept beside
 * the program, without rows and with empty passwords; the next ones are its copies.
 */
final class NewRepository {

    private static final String FILE = "%s.mv.db";
    private static final String FRESH = "new";

    private final Path folder;
    private final Path root;
    private final Optional<ProgramFile> template;

    NewRepository(Path folder, Path root, ServerProgram program) {
        this(folder, root, RepositoryMigration.version(root).flatMap(tables -> program.file(templateName(tables))));
    }

    NewRepository(Path folder, Path root, Optional<ProgramFile> template) {
        this.folder = folder;
        this.root = root;
        this.template = template;
    }

    private static String templateName(String tables) {
        return FILE.formatted("repository-" + tables);
    }

    /** @param keeperPassword of {@link HomeServerRepository#KEEPER}; hexadecimal digits */
    void makeUnlessThere(String keeperPassword) throws SQLException, IOException {
        Path file = folder.resolve(FILE.formatted(HomeServerRepository.DATABASE));
        if (Files.exists(file)) {
            return;
        }
        Path fresh = folder.resolve(FILE.formatted(FRESH));
        Files.deleteIfExists(fresh);
        layOut(fresh);
        prepare(statement -> statement.execute(
                "ALTER USER %s SET PASSWORD '%s'".formatted(HomeServerRepository.KEEPER, keeperPassword)));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(folder.resolve(FRESH + ".trace.db"));
    }

    private void layOut(Path fresh) throws SQLException, IOException {
        if (template.isPresent() && template.get().isThere()) {
            Files.copy(template.get().path(), fresh);
            return;
        }
        prepare(this::migrate);
        if (template.isPresent()) {
            template.get().make(target -> Files.copy(fresh, target));
        }
    }

    private void migrate(Statement keeper) throws SQLException {
        keeper.execute("CREATE USER %s PASSWORD '' ADMIN".formatted(HomeServerRepository.USER));
        RepositoryMigration.migrate(new DriverManagerDataSource(url(), HomeServerRepository.USER, ""), root);
    }

    private interface Preparation {
        void by(Statement keeper) throws SQLException;
    }

    /** Its effect is in the file, and the file is closed. */
    private void prepare(Preparation preparation) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), HomeServerRepository.KEEPER, "");
                Statement keeper = connection.createStatement()) {
            preparation.by(keeper);
            keeper.execute("SHUTDOWN");
        }
    }

    private String url() {
        return HomeServerRepository.url(folder.resolve(FRESH));
    }
}
