package dev.sluice.runs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of some runs, asked for together: a page of runs costs as many questions as one run. */
final class RunDetails {

    private static final String OF_RUNS = " IN (:runs)";

    private final Map<Long, Map<String, String>> parameters = new HashMap<>();
    private final Map<Long, List<RunStep>> steps = new HashMap<>();
    private final Map<Long, List<RunBigQueryJob>> bigQueryJobs = new HashMap<>();
    private final Map<Long, List<RunAction>> actions = new HashMap<>();
    private final RunPurges purges;
    private final JdbcClient jdbc;
    private final Price price;

    /** @param runs at least one */
    RunDetails(JdbcClient jdbc, Price price, List<Long> runs) {
        this.jdbc = jdbc;
        this.price = price;
        this.purges = new RunPurges(jdbc, runs);
        readParameters(runs);
        readSteps(runs);
        readBigQueryJobs(runs);
        readActions(runs);
    }

    Map<String, String> parameters(long run) {
        return parameters.getOrDefault(run, Map.of());
    }

    List<RunStep> steps(long run) {
        return steps.getOrDefault(run, List.of());
    }

    List<RunBigQueryJob> bigQueryJobs(long run) {
        return bigQueryJobs.getOrDefault(run, List.of());
    }

    List<RunAction> actions(long run) {
        return actions.getOrDefault(run, List.of());
    }

    @Nullable
    RunPurge purge(long run) {
        return purges.of(run);
    }

    private void readParameters(List<Long> runs) {
        jdbc.sql("SELECT JOB_EXECUTION_ID, PARAMETER_NAME, PARAMETER_VALUE FROM BATCH_JOB_EXECUTION_PARAMS"
                        + " WHERE JOB_EXECUTION_ID" + OF_RUNS
                        + " UNION ALL SELECT RUN_ID, PARAMETER_NAME, PARAMETER_VALUE FROM SLUICE_RUN_SUMMARY_PARAMETER"
                        + " WHERE RUN_ID" + OF_RUNS)
                .param("runs", runs)
                .query(row -> {
                    String value = row.getString("PARAMETER_VALUE");
                    parameters
                            .computeIfAbsent(row.getLong("JOB_EXECUTION_ID"), run -> new TreeMap<>())
                            .put(row.getString("PARAMETER_NAME"), value == null ? "" : value);
                });
    }

    private void readSteps(List<Long> runs) {
        jdbc.sql("SELECT JOB_EXECUTION_ID, STEP_NAME, STATUS, READ_COUNT, WRITE_COUNT, START_TIME, END_TIME"
                        + " FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID" + OF_RUNS + " ORDER BY STEP_EXECUTION_ID")
                .param("runs", runs)
                .query(row -> {
                    steps.computeIfAbsent(row.getLong("JOB_EXECUTION_ID"), run -> new ArrayList<>())
                            .add(step(row));
                });
    }

    private static RunStep step(ResultSet row) throws SQLException {
        return new RunStep(
                row.getString("STEP_NAME"),
                row.getString("STATUS"),
                row.getLong("READ_COUNT"),
                row.getLong("WRITE_COUNT"),
                Columns.localTime(row, "START_TIME"),
                Columns.localTime(row, "END_TIME"));
    }

    private void readBigQueryJobs(List<Long> runs) {
        jdbc.sql("SELECT I.*, CASE WHEN STATE = 'DONE' THEN COALESCE(ROWS_OUT, 0) + COALESCE(ROWS_INSERTED, 0)"
                        + " + COALESCE(ROWS_UPDATED, 0) + COALESCE(ROWS_DELETED, 0) END AS ROWS_CHANGED"
                        + " FROM SLUICE_INTENT I WHERE RUN_ID" + OF_RUNS + " ORDER BY DECLARED_AT, BIGQUERY_JOB_ID")
                .param("runs", runs)
                .query(row -> {
                    bigQueryJobs
                            .computeIfAbsent(row.getLong("RUN_ID"), run -> new ArrayList<>())
                            .add(bigQueryJob(row));
                });
    }

    private RunBigQueryJob bigQueryJob(ResultSet row) throws SQLException {
        Long billed = Columns.number(row, "BYTES_BILLED");
        return new RunBigQueryJob(
                row.getString("BIGQUERY_JOB_ID"),
                row.getString("KIND"),
                row.getString("STATE"),
                row.getInt("ATTEMPT"),
                Columns.number(row, "BYTES_PROCESSED"),
                billed,
                Columns.number(row, "SLOT_MILLIS"),
                Columns.number(row, "ROWS_CHANGED"),
                price.of(billed));
    }

    private void readActions(List<Long> runs) {
        jdbc.sql("SELECT * FROM SLUICE_ACTION WHERE RUN_ID" + OF_RUNS + " ORDER BY ID")
                .param("runs", runs)
                .query(row -> {
                    actions.computeIfAbsent(row.getLong("RUN_ID"), run -> new ArrayList<>())
                            .add(action(row));
                });
    }

    private static RunAction action(ResultSet row) throws SQLException {
        return new RunAction(
                row.getObject("BEGUN_AT", OffsetDateTime.class).toInstant(),
                row.getString("VERB"),
                row.getString("ACTOR"),
                row.getString("REASON"),
                row.getString("BEFORE_STATUS"),
                row.getString("AFTER_STATUS"),
                row.getString("OUTCOME"));
    }
}
