package dev.sluice.runs;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happened, read from job repository and ledger with plain queries. Thread-safe; blocks as the data source does. */
public final class RunHistory {

    private static final String RUNS = """
            SELECT E.JOB_EXECUTION_ID, E.JOB_INSTANCE_ID, E.START_TIME, E.END_TIME, E.STATUS, E.EXIT_CODE, E.EXIT_MESSAGE,
                   I.JOB_NAME, CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS PURGED_AT,
                   R.ROWS_READ, R.ROWS_REJECTED, R.ROWS_STAGED, R.ROWS_INSERTED, R.ROWS_UPDATED,
                   R.ROWS_UNCHANGED, R.ROWS_DELETED, R.REJECT_FILE,
                   L.OWNER_HOST, L.OWNER_PID, L.OWNER_STARTED, L.RUN_ID AS LEASED_RUN, L.RELEASED,
                   L.EXPIRES_AT < CURRENT_TIMESTAMP AS EXPIRED, COALESCE(L.STOP_FENCE = L.FENCE, FALSE) AS STOPPING,
                   COALESCE(G.GENERATION, 1) AS GENERATION
              FROM BATCH_JOB_EXECUTION E
              JOIN BATCH_JOB_INSTANCE I ON I.JOB_INSTANCE_ID = E.JOB_INSTANCE_ID
              LEFT JOIN SLUICE_GENERATION G ON G.JOB_NAME = I.JOB_NAME AND G.INSTANCE_KEY = I.JOB_KEY
              LEFT JOIN SLUICE_RECEIPT R
                ON R.JOB_NAME = I.JOB_NAME AND R.JOB_KEY = COALESCE(G.JOB_KEY, I.JOB_KEY)
               AND R.GENERATION = COALESCE(G.GENERATION, 1)
               AND (R.RUN_ID = E.JOB_EXECUTION_ID OR E.STATUS = 'COMPLETED')
              LEFT JOIN SLUICE_LEASE L
                ON L.JOB_NAME = I.JOB_NAME AND L.JOB_KEY = COALESCE(G.JOB_KEY, I.JOB_KEY)
            """;

    /** Of runs whose history was purged, which have ended: who owned them is not asked. */
    private static final String PURGED_RUNS = """
            SELECT S.RUN_ID AS JOB_EXECUTION_ID, S.INSTANCE_ID AS JOB_INSTANCE_ID, S.START_TIME, S.END_TIME, S.STATUS,
                   S.EXIT_CODE, S.EXIT_MESSAGE, S.JOB_NAME, S.PURGED_AT, S.GENERATION,
                   R.ROWS_READ, R.ROWS_REJECTED, R.ROWS_STAGED, R.ROWS_INSERTED, R.ROWS_UPDATED,
                   R.ROWS_UNCHANGED, R.ROWS_DELETED, R.REJECT_FILE
              FROM SLUICE_RUN_SUMMARY S
              LEFT JOIN SLUICE_RECEIPT R
                ON R.JOB_NAME = S.JOB_NAME AND R.JOB_KEY = S.JOB_KEY AND R.GENERATION = S.GENERATION
               AND (R.RUN_ID = S.RUN_ID OR S.STATUS = 'COMPLETED')
             WHERE S.RUN_ID IN (:runs)
            """;

    private static final String NEWEST = " WHERE E.JOB_EXECUTION_ID IN (:runs) ORDER BY E.JOB_EXECUTION_ID DESC";

    private final JdbcClient jdbc;
    private final RunNumbers numbers;
    private final Price price;

    /** @param usdPerTib price of one TiB (2^40 bytes) of billed bytes */
    public RunHistory(DataSource repository, BigDecimal usdPerTib) {
        this.jdbc = JdbcClient.create(repository);
        this.numbers = new RunNumbers(jdbc);
        this.price = new Price(usdPerTib);
    }

    /** The newest first; none if the repository has never been used. Steps and BigQuery jobs included. */
    public List<Run> list(RunFilter filter) {
        if (isFresh()) {
            return List.of();
        }
        List<Long> runs = numbers.of(filter);
        return runs.isEmpty() ? List.of() : read(RUNS + NEWEST, runs, details(runs));
    }

    /** Of a run whose history was purged, what is left of it. */
    public Optional<Run> find(long run) {
        if (isFresh()) {
            return Optional.empty();
        }
        List<Long> runs = List.of(run);
        RunDetails details = details(runs);
        return read(RUNS + NEWEST, runs, details).stream()
                .findFirst()
                .or(() -> read(PURGED_RUNS, runs, details).stream().findFirst());
    }

    private RunDetails details(List<Long> runs) {
        return new RunDetails(jdbc, price, runs);
    }

    private List<Run> read(String sql, List<Long> runs, RunDetails details) {
        return jdbc.sql(sql)
                .param("runs", runs)
                .query((row, number) -> run(row, details))
                .list();
    }

    private boolean isFresh() {
        return !RepositoryTables.areThere(jdbc, "BATCH_JOB_EXECUTION", "SLUICE_RUN_SUMMARY");
    }

    private static Run run(ResultSet row, RunDetails details) throws SQLException {
        long run = row.getLong("JOB_EXECUTION_ID");
        String status = row.getString("STATUS");
        boolean ended = row.getTimestamp("END_TIME") != null;
        boolean alive = !ended && RunOwner.isAlive(row, run);
        return new Run(
                run,
                row.getString("JOB_NAME"),
                row.getLong("JOB_INSTANCE_ID"),
                status,
                ended ? RunExit.codeOf(row.getString("EXIT_CODE")) : null,
                !ended && !alive,
                alive && row.getBoolean("STOPPING"),
                row.getInt("GENERATION"),
                details.parameters(run),
                Columns.localTime(row, "START_TIME"),
                Columns.localTime(row, "END_TIME"),
                Columns.number(row, "ROWS_READ"),
                Columns.number(row, "ROWS_REJECTED"),
                Columns.number(row, "ROWS_STAGED"),
                Columns.number(row, "ROWS_INSERTED"),
                Columns.number(row, "ROWS_UPDATED"),
                Columns.number(row, "ROWS_UNCHANGED"),
                Columns.number(row, "ROWS_DELETED"),
                details.steps(run),
                details.bigQueryJobs(run),
                row.getString("REJECT_FILE"),
                details.actions(run),
                RunExit.failureOf(row.getString("EXIT_MESSAGE")),
                details.purge(run),
                Columns.time(row, "PURGED_AT"));
    }
}
