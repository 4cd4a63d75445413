package dev.sluice.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/** Summaries as rows of SLUICE_RUN_SUMMARY. */
final class JdbcRunSummaries implements RunSummaries {

    private static final String SUMMARY =
            "SELECT RUN_ID, INSTANCE_ID, JOB_NAME, STATUS, END_TIME FROM SLUICE_RUN_SUMMARY";

    private final LedgerDatabase database;

    JdbcRunSummaries(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<RunSummary> find(long run) {
        return database.jdbc()
                .sql(SUMMARY + " WHERE RUN_ID = ?")
                .param(run)
                .query(this::summary)
                .optional();
    }

    @Override
    public Optional<RunSummary> last(InstanceKey instance) {
        return database.jdbc()
                .sql(SUMMARY + " WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ?"
                        + " ORDER BY RUN_ID DESC FETCH FIRST 1 ROW ONLY")
                .params(instance.job(), instance.jobKey(), instance.generation())
                .query(this::summary)
                .optional();
    }

    private RunSummary summary(ResultSet row, int number) throws SQLException {
        long run = row.getLong("RUN_ID");
        return new RunSummary(
                run,
                row.getLong("INSTANCE_ID"),
                row.getString("JOB_NAME"),
                row.getString("STATUS"),
                row.getObject("END_TIME", LocalDateTime.class),
                parameters(run));
    }

    /** Everything that Sluice launches has texts as parameters. */
    private JobParameters parameters(long run) {
        var parameters = new JobParametersBuilder();
        database.jdbc()
                .sql("SELECT PARAMETER_NAME, PARAMETER_VALUE, IDENTIFYING FROM SLUICE_RUN_SUMMARY_PARAMETER"
                        + " WHERE RUN_ID = ?")
                .param(run)
                .query(row -> {
                    parameters.addString(row.getString(1), row.getString(2), row.getBoolean(3));
                });
        return parameters.toJobParameters();
    }
}
