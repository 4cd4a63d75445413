package dev.sluice.runs;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The alerts that were raised. Thread-safe; blocks as the data source does. */
public final class AlertHistory {

    private static final int MAX_ALERTS = 100;

    private final JdbcClient jdbc;

    public AlertHistory(DataSource repository) {
        this.jdbc = JdbcClient.create(repository);
    }

    /** At most a hundred of the last so long, the newest first; none if the repository has never been used. */
    public List<Alert> ofTheLast(Duration time) {
        return RepositoryTables.areThere(jdbc, "SLUICE_ALERT") ? alerts(time) : List.of();
    }

    private List<Alert> alerts(Duration time) {
        return jdbc.sql("SELECT * FROM SLUICE_ALERT WHERE RAISED_AT >= CURRENT_TIMESTAMP - INTERVAL '%d' SECOND"
                                .formatted(time.toSeconds())
                        + " ORDER BY ID DESC FETCH FIRST " + MAX_ALERTS + " ROWS ONLY")
                .query((row, number) -> new Alert(
                        row.getString("KIND"),
                        row.getString("JOB_NAME"),
                        Columns.number(row, "RUN_ID"),
                        row.getString("MESSAGE"),
                        row.getObject("RAISED_AT", OffsetDateTime.class).toInstant()))
                .list();
    }
}
