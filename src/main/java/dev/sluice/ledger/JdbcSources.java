package dev.sluice.ledger;

import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;

/** Sources as rows of SLUICE_SOURCE. */
final class JdbcSources implements Sources {

    private final LedgerDatabase database;

    JdbcSources(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<SourceRecord> find(InstanceKey instance) {
        return database.jdbc()
                .sql("SELECT SOURCE, DIGEST, SIZE_BYTES, RUN_ID, STAMP FROM SLUICE_SOURCE"
                        + " WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ?")
                .params(instance.job(), instance.jobKey(), instance.generation())
                .query((row, number) -> new SourceRecord(
                        row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5)))
                .optional();
    }

    @Override
    public void record(InstanceKey instance, SourceRecord source) {
        if (find(instance).isPresent()) {
            return;
        }
        try {
            int recorded = database.jdbc()
                    .sql("INSERT INTO SLUICE_SOURCE SELECT ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP, CAST(? AS VARCHAR)"
                            + " WHERE " + UnlessTakenOver.CONDITION)
                    .params(instance.job(), instance.jobKey(), instance.generation())
                    .params(source.source(), source.digest(), source.sizeBytes(), source.runId())
                    .param(source.stamp())
                    .params(UnlessTakenOver.values(instance, source.runId()))
                    .update();
            UnlessTakenOver.require(recorded, instance, source.runId());
        } catch (DuplicateKeyException e) {
            // somebody of the same instance was quicker; the first record stays
            return;
        }
    }
}
