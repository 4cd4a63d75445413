package dev.sluice.local;

import dev.sluice.home.HomeFolder;
import dev.sluice.home.ServerProgram;
import dev.sluice.ledger.RepositoryMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The H2 repository behind its TCP server. A connection of its own keeps the database open; what is committed is on
 * disk, since writing is never delayed.
 */
final class HomeServerRepository implements AutoCloseable {

    static final String USER = "sluice";
    static final String KEEPER = "keeper";
    static final String DATABASE = "sluice";

    private final Connection keeper;
    private final Server server;

    private HomeServerRepository(Connection keeper, Server server) {
        this.keeper = keeper;
        this.server = server;
    }

    /**
     * Its tables are there before anybody can connect.
     *
     * @param password of {@link #USER}, new with every start; hexadecimal digits
     * @param root the checkout
     * @param program may keep the tables of a new repository for the next
     */
    static HomeServerRepository open(HomeFolder folder, String password, Path root, ServerProgram program)
            throws SQLException, IOException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Path files = folder.repositoryFolder();
        String keeperPassword = keeperPassword(files.resolve("keeper"));
        new NewRepository(files, root, program).makeUnlessThere(keeperPassword);
        String url = url(files.resolve(DATABASE));
        Connection keeper = DriverManager.getConnection(url, KEEPER, keeperPassword);
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS %s PASSWORD '%s' ADMIN".formatted(USER, password));
            statement.execute("ALTER USER %s SET PASSWORD '%s'".formatted(USER, password));
        }
        RepositoryMigration.migrate(new DriverManagerDataSource(url, USER, password), root);
        Server server = Server.createTcpServer("-tcpPort", "0", "-baseDir", files.toString())
                .start();
        return new HomeServerRepository(keeper, server);
    }

    static String url(Path database) {
        return "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(database);
    }

    String jdbcUrl() {
        return "jdbc:h2:tcp://127.0.0.1:%d/./%s".formatted(server.getPort(), DATABASE);
    }

    private static String keeperPassword(Path file) throws IOException {
        if (!Files.exists(file)) {
            HomeServerTokens.writeOwnerOnly(file, HomeServerTokens.fresh());
        }
        return Files.readString(file);
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        try (keeper;
                Statement statement = keeper.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
