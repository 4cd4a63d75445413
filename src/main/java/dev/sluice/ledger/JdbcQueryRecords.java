package dev.sluice.ledger;

import java.time.Duration;
import java.util.List;

/** Observed BigQuery jobs as rows of SLUICE_QUERY. */
final class JdbcQueryRecords implements QueryRecords {

    private static final String INSERT = """
            INSERT INTO SLUICE_QUERY (TYPE, OPERATION, TIER, ORG, RUN_ID, BIGQUERY_JOB_ID, OUTCOME, SEVERITY, ELAPSED_MILLIS,
                                      RETRIES, BYTES_PROCESSED, BYTES_BILLED, SLOT_MILLIS, ROWS_OUT, CACHE_HIT, RECORDED_AT)
            SELECT CAST(? AS VARCHAR(20)), CAST(? AS VARCHAR(200)), CAST(? AS VARCHAR(20)), CAST(? AS VARCHAR(100)),
                   CAST(? AS BIGINT), CAST(? AS VARCHAR(1024)), CAST(? AS VARCHAR(20)), CAST(? AS VARCHAR(10)),
                   CAST(? AS BIGINT), CAST(? AS INTEGER), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT),
                   CAST(? AS BIGINT), CAST(? AS BOOLEAN), CURRENT_TIMESTAMP
             WHERE NOT EXISTS (SELECT 1 FROM SLUICE_QUERY WHERE BIGQUERY_JOB_ID = ? AND OUTCOME = 'DONE')""";

    private final LedgerDatabase database;

    JdbcQueryRecords(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public void add(List<QueryRecord> records) {
        database.batch(INSERT, records.stream().map(JdbcQueryRecords::values).toList());
    }

    private static Object[] values(QueryRecord record) {
        QueryRecord.Subject subject = record.subject();
        QueryRecord.End end = record.end();
        return new Object[] {
            subject.type(),
            subject.operation(),
            subject.tier(),
            subject.org(),
            subject.runId(),
            subject.bigQueryJobId(),
            end.outcome(),
            end.severity(),
            end.elapsedMillis(),
            end.retries(),
            record.bytesProcessed(),
            record.bytesBilled(),
            record.slotMillis(),
            record.rows(),
            record.cacheHit(),
            subject.bigQueryJobId()
        };
    }

    @Override
    public void forgetAfter(Duration retention) {
        database.jdbc()
                .sql("DELETE FROM SLUICE_QUERY WHERE RECORDED_AT < CURRENT_TIMESTAMP - INTERVAL '%d' SECOND"
                        .formatted(retention.toSeconds()))
                .update();
    }
}
