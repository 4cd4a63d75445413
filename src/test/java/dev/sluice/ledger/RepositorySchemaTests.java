package dev.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositorySchemaTests {

    @Test
    void isMadeOnceWhenSeveralMigrateAtOnce(@TempDir Path folder) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 5; round++) {
                String url = "jdbc:h2:file:" + folder.resolve("repository" + round) + ";DB_CLOSE_DELAY=5";
                List<Callable<Integer>> migrations = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    migrations.add(() -> migrate(url));
                }
                int executed = 0;
                for (Future<Integer> migration : threads.invokeAll(migrations)) {
                    executed += migration.get();
                }
                assertThat(executed).isEqualTo(2);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int migrate(String url) {
        return Flyway.configure()
                .dataSource(url, "sa", "")
                .locations("filesystem:sql/jobrepository")
                .javaMigrations(new RepositorySchema())
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
