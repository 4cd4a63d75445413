package dev.sluice.jobs.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The family's SQL files, executed in the transaction that is open on the calling thread. Thread-safe. */
final class PurgeStatements {

    private final JdbcClient jdbc;
    private final Path folder;
    private final Map<String, String> texts = new ConcurrentHashMap<>();

    /**
     * @param repository the one whose transaction manager runs the steps
     * @param folder {@code sql/} of the checkout
     */
    PurgeStatements(DataSource repository, Path folder) {
        this.jdbc = JdbcClient.create(repository);
        this.folder = folder;
    }

    JdbcClient.StatementSpec of(String file) {
        return jdbc.sql(text(file));
    }

    /**
     * Removes rows of a table, or counts them.
     *
     * @param values what the table's file names
     * @return how many
     */
    long remove(PurgedTable table, Map<String, ?> values, boolean dryRun) {
        String rows = text(table.rows());
        return dryRun
                ? jdbc.sql("SELECT COUNT(*)\n" + rows)
                        .params(values)
                        .query(Long.class)
                        .single()
                : jdbc.sql("DELETE\n" + rows).params(values).update();
    }

    private String text(String file) {
        return texts.computeIfAbsent(file, this::read);
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read %s; see that the checkout is whole".formatted(folder.resolve(file)), e);
        }
    }
}
