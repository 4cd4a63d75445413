package dev.sluice.database;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Server;

/** One H2 for all tests of this JVM, behind TCP on loopback as the home server's, ended with it. */
public final class H2Server {

    private H2Server() {}

    private static final class Running {
        static final Server SERVER = start();

        private static Server start() {
            System.setProperty("h2.bindAddress", "127.0.0.1");
            try {
                return Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists")
                        .start();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot start H2's server", e);
            }
        }
    }

    /** The JDBC URL of a new database in an empty folder; it names the user, and there is no password. */
    public static String newDatabase(Path folder) {
        return "jdbc:h2:tcp://127.0.0.1:%d/%s;WRITE_DELAY=0;USER=sa"
                .formatted(Running.SERVER.getPort(), folder.toAbsolutePath().resolve("repository"));
    }

    /** As {@link #newDatabase}, of that name in this JVM's memory. */
    public static String inMemory(String name) {
        return "jdbc:h2:tcp://127.0.0.1:%d/mem:%s;DB_CLOSE_DELAY=-1;USER=sa".formatted(Running.SERVER.getPort(), name);
    }
}
