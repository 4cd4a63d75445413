package dev.sluice.ledger;

import java.util.Optional;

/** Receipts as rows of SLUICE_RECEIPT. */
final class JdbcReceipts implements Receipts {

    private final LedgerDatabase database;

    JdbcReceipts(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Receipt> find(InstanceKey instance) {
        return database.jdbc()
                .sql("SELECT ROWS_READ, ROWS_REJECTED, ROWS_STAGED, ROWS_INSERTED, ROWS_UPDATED, ROWS_UNCHANGED,"
                        + " ROWS_DELETED, SOURCE_DIGEST, REJECT_FILE FROM SLUICE_RECEIPT"
                        + " WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ?")
                .params(instance.job(), instance.jobKey(), instance.generation())
                .query((row, number) -> new Receipt(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getString(8),
                        row.getString(9)))
                .optional();
    }

    @Override
    public void save(InstanceKey instance, long runId, Receipt receipt) {
        Optional<Receipt> there = find(instance);
        if (there.isPresent()) {
            requireSame(instance, there.get(), receipt);
            return;
        }
        int saved = database.jdbc()
                .sql("INSERT INTO SLUICE_RECEIPT (JOB_NAME, JOB_KEY, GENERATION, RUN_ID, ROWS_READ, ROWS_REJECTED,"
                        + " ROWS_STAGED, ROWS_INSERTED, ROWS_UPDATED, ROWS_UNCHANGED, ROWS_DELETED, SOURCE_DIGEST,"
                        + " REJECT_FILE, RECORDED_AT) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " CAST(? AS VARCHAR), CURRENT_TIMESTAMP WHERE " + UnlessTakenOver.CONDITION)
                .params(instance.job(), instance.jobKey(), instance.generation(), runId)
                .params(receipt.rowsRead(), receipt.rowsRejected(), receipt.rowsStaged())
                .params(receipt.rowsInserted(), receipt.rowsUpdated(), receipt.rowsUnchanged(), receipt.rowsDeleted())
                .params(java.util.Arrays.asList(receipt.sourceDigest(), receipt.rejectFile()))
                .params(UnlessTakenOver.values(instance, runId))
                .update();
        UnlessTakenOver.require(saved, instance, runId);
    }

    private static void requireSame(InstanceKey instance, Receipt there, Receipt receipt) {
        if (!there.equals(receipt)) {
            throw new IllegalStateException(
                    "cannot save the receipt of %s: there is another one already".formatted(instance.job()));
        }
    }
}
