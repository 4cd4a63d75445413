package dev.sluice.runs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of the ticks of all schedules. Thread-safe; blocks as the data source does. */
public final class TickHistory {

    private final JdbcClient jdbc;

    public TickHistory(DataSource repository) {
        this.jdbc = JdbcClient.create(repository);
    }

    /** The newest first; none if the repository has never been used. */
    public List<Tick> list(TickFilter filter) {
        if (!RepositoryTables.areThere(jdbc, "SLUICE_TICK")) {
            return List.of();
        }
        var sql = new StringBuilder("SELECT * FROM SLUICE_TICK WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        if (filter.job() != null) {
            sql.append(" AND JOB_NAME = ?");
            values.add(filter.job());
        }
        if (filter.state() != null) {
            sql.append(" AND STATE = ?");
            values.add(filter.state().toUpperCase(Locale.ROOT));
        }
        sql.append(" ORDER BY TICK DESC, JOB_NAME FETCH FIRST ? ROWS ONLY");
        values.add(filter.limit());
        return jdbc.sql(sql.toString()).params(values).query(TickHistory::tick).list();
    }

    private static Tick tick(ResultSet row, int number) throws SQLException {
        return new Tick(
                row.getString("JOB_NAME"),
                row.getObject("TICK", OffsetDateTime.class).toInstant(),
                row.getString("STATE"),
                Columns.number(row, "RUN_ID"),
                row.getString("REASON"),
                Columns.time(row, "ENDED_AT"));
    }
}
