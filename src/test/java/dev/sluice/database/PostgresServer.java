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
        String name = "test" + DATABASES.incrementAndGet();
        JdbcClient.create(Running.SERVER.getPostgresDatabase())
                .sql("CREATE DATABASE " + name)
                .update();
        return Running.SERVER.getJdbcUrl("postgres", name);
    }
}
