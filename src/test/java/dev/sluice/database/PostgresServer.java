package dev.sluice.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One PostgreSQL for all tests of this JVM, ended with it; each test gets a database of its own. It outlives no test, so it waits for no disk. */
public final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private PostgresServer() {}

    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The JDBC URL of a new, empty database; it names the user, and there is no password. */
    public static String newDatabase() {
        return newDatabase("template1");
    }

    /** @param template whose tables it has; nobody may be connected to it */
    static String newDatabase(String template) {
        String name = "test" + DATABASES.incrementAndGet();
        run("CREATE DATABASE %s TEMPLATE %s".formatted(name, template));
        return Running.SERVER.getJdbcUrl("postgres", name);
    }

    static void drop(String url) {
        run("DROP DATABASE %s WITH (FORCE)".formatted(name(url)));
    }

    private static void run(String sql) {
        JdbcClient.create(Running.SERVER.getPostgresDatabase()).sql(sql).update();
    }

    /** What it is called on the server. */
    static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    }
}
