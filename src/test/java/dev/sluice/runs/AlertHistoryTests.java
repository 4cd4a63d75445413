package dev.sluice.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ledger.RepositoryMigration;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class AlertHistoryTests {

    @Test
    void listsTheAlertsOfTheLastTimeNewestFirst(@TempDir Path folder) {
        DataSource repository =
                new DriverManagerDataSource("jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1", "sa", "");
        var alerts = new AlertHistory(repository);
        assertThat(alerts.ofTheLast(Duration.ofDays(7))).isEmpty();
        RepositoryMigration.migrate(repository, Path.of("."));
        raise(repository, "first", 1);
        raise(repository, "second", 0);
        raise(repository, "long ago", 8);

        assertThat(alerts.ofTheLast(Duration.ofDays(7)))
                .extracting(Alert::message)
                .containsExactly("second", "first");
    }

    private static void raise(DataSource repository, String message, int daysAgo) {
        JdbcClient.create(repository)
                .sql(
                        "INSERT INTO SLUICE_ALERT (KIND, JOB_NAME, MESSAGE, RAISED_AT) VALUES ('recovery-failed', 'insert', ?,"
                                + " CURRENT_TIMESTAMP - INTERVAL '%d' DAY)".formatted(daysAgo))
                .param(message)
                .update();
    }
}
