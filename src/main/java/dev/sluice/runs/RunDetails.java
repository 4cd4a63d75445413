package dev.sluice.runs;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of one run. */
final class RunDetails {

    private final JdbcClient jdbc;
    private final Price price;

    RunDetails(JdbcClient jdbc, BigDecimal usdPerTib) {
        this.jdbc = jdbc;
        this.price = new Price(usdPerTib);
    }

    Map<String, String> parameters(long run) {
        Map<String, String> parameters = new TreeMap<>();
        jdbc.sql("SELECT PARAMETER_NAME, PARAMETER_VALUE FROM BATCH_JOB_EXECUTION_PARAMS WHERE JOB_EXECUTION_ID = ?")
                .param(run)
                .query(row -> {
                    String value = row.getString("PARAMETER_VALUE");
                    parameters.put(row.getString("PARAMETER_NAME"), value == null ? "" : value);
                });
        return parameters;
    }

    List<RunStep> steps(long run) {
        return jdbc.sql("SELECT STEP_NAME, STATUS, READ_COUNT, WRITE_COUNT, START_TIME, END_TIME"
                        + " FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID = ? ORDER BY STEP_EXECUTION_ID")
                .param(run)
                .query((row, number) -> new RunStep(
                        row.getString("STEP_NAME"),
                        row.getString("STATUS"),
                        row.getLong("READ_COUNT"),
                        row.getLong("WRITE_COUNT"),
                        Columns.localTime(row, "START_TIME"),
                        Columns.localTime(row, "END_TIME")))
                .list();
    }

    List<RunBigQueryJob> bigQueryJobs(long run) {
        return jdbc.sql("SELECT I.*, CASE WHEN STATE = 'DONE' THEN COALESCE(ROWS_OUT, 0) + COALESCE(ROWS_INSERTED, 0)"
                        + " + COALESCE(ROWS_UPDATED, 0) + COALESCE(ROWS_DELETED, 0) END AS ROWS_CHANGED"
                        + " FROM SLUICE_INTENT I WHERE RUN_ID = ? ORDER BY DECLARED_AT, BIGQUERY_JOB_ID")
                .param(run)
                .query((row, number) -> bigQueryJob(row))
                .list();
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
}
