package dev.sluice.ledger;

import org.springframework.batch.core.job.parameters.JobParameters;

/** Generations as rows of SLUICE_GENERATION. */
final class JdbcGenerations implements Generations {

    private final LedgerDatabase database;

    JdbcGenerations(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public int current(InstanceKey instance) {
        return database.jdbc()
                .sql("SELECT COALESCE(MAX(GENERATION), 1) FROM SLUICE_GENERATION WHERE JOB_NAME = ? AND JOB_KEY = ?")
                .params(instance.job(), instance.jobKey())
                .query(Integer.class)
                .single();
    }

    @Override
    public void raise(InstanceKey instance, JobParameters parameters, long run, Fence owner) {
        int next = instance.generation() + 1;
        JobParameters raised = InstanceKey.inGeneration(next, parameters);
        database.under(
                owner,
                () -> database.jdbc()
                        .sql(
                                "INSERT INTO SLUICE_GENERATION (JOB_NAME, JOB_KEY, GENERATION, INSTANCE_KEY, RUN_ID, RAISED_AT)"
                                        + " VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP)")
                        .params(instance.job(), instance.jobKey(), next, InstanceKey.key(raised), run)
                        .update());
    }
}
