package dev.sluice.ledger;

import java.util.List;

/** Dead letters as rows of SLUICE_DEAD_LETTER. */
final class JdbcDeadLetters implements DeadLetters {

    private static final int MAX_REASON = 1000;

    private final LedgerDatabase database;

    JdbcDeadLetters(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public void save(InstanceKey instance, long runId, List<DeadLetter> letters) {
        List<Object[]> rows =
                letters.stream().map(letter -> row(instance, runId, letter)).toList();
        database.inTransaction(() -> {
            UnlessTakenOver.lock(database.jdbc(), instance, runId);
            // one owner writes an instance's letters, so looking first is enough
            database.batch(
                    "INSERT INTO SLUICE_DEAD_LETTER (JOB_NAME, JOB_KEY, GENERATION, SOURCE_FILE, LINE, RUN_ID, REASON, DIGEST)"
                            + " SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1"
                            + " FROM SLUICE_DEAD_LETTER WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ?"
                            + " AND SOURCE_FILE = ? AND LINE = ?)",
                    rows);
            return rows.size();
        });
    }

    private static Object[] row(InstanceKey instance, long runId, DeadLetter letter) {
        return new Object[] {
            instance.job(),
            instance.jobKey(),
            instance.generation(),
            letter.file(),
            letter.line(),
            runId,
            cut(letter.reason()),
            letter.digest(),
            instance.job(),
            instance.jobKey(),
            instance.generation(),
            letter.file(),
            letter.line()
        };
    }

    private static String cut(String reason) {
        return reason.substring(0, Math.min(reason.length(), MAX_REASON));
    }

    @Override
    public long count(InstanceKey instance) {
        return database.jdbc()
                .sql("SELECT COUNT(*) FROM SLUICE_DEAD_LETTER WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ?")
                .params(instance.job(), instance.jobKey(), instance.generation())
                .query(Long.class)
                .single();
    }
}
