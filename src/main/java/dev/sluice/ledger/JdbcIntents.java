package dev.sluice.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Intents as rows of SLUICE_INTENT. */
final class JdbcIntents implements Intents {

    private static final int MAX_FAILURE = 2000;
    private static final String UNLESS_TAKEN_OVER = " AND " + UnlessTakenOver.CONDITION;

    private final LedgerDatabase database;

    JdbcIntents(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Intent> find(EffectKey key) {
        return database.jdbc()
                .sql("SELECT * FROM SLUICE_INTENT WHERE EFFECT = ? ORDER BY ATTEMPT DESC FETCH FIRST 1 ROWS ONLY")
                .param(key.id())
                .query(JdbcIntents::intent)
                .optional();
    }

    @Override
    public Intent declare(EffectKey key, int attempt, long runId, String kind, String destination) {
        int declared = database.jdbc()
                .sql(
                        "INSERT INTO SLUICE_INTENT (EFFECT, ATTEMPT, BIGQUERY_JOB_ID, JOB_NAME, JOB_KEY, GENERATION, RUN_ID,"
                                + " STEP, UNIT_RANGE, UNIT_DIGEST, KIND, DESTINATION, STATE, DECLARED_AT)"
                                + " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'INTENT', CURRENT_TIMESTAMP WHERE "
                                + UnlessTakenOver.CONDITION)
                .params(key.id(), attempt, key.bigQueryJobId(attempt))
                .params(
                        key.instance().job(),
                        key.instance().jobKey(),
                        key.instance().generation(),
                        runId)
                .params(key.step(), key.range(), key.digest(), kind, destination)
                .params(UnlessTakenOver.values(key.instance(), runId))
                .update();
        UnlessTakenOver.require(declared, key.instance(), runId);
        return new Intent(key, attempt, IntentState.INTENT, kind, destination, null);
    }

    @Override
    public void done(Intent intent, EffectReceipt receipt, long run) {
        done(intent, receipt, UNLESS_TAKEN_OVER, UnlessTakenOver.values(instance(intent), run));
    }

    @Override
    public void done(Intent intent, EffectReceipt receipt, Fence owner) {
        database.under(owner, () -> done(intent, receipt, "", List.of()));
    }

    private int done(Intent intent, EffectReceipt receipt, String condition, List<Object> values) {
        int settled = database.jdbc()
                .sql("UPDATE SLUICE_INTENT SET STATE = 'DONE', ROWS_OUT = ?, ROWS_INSERTED = ?, ROWS_UPDATED = ?,"
                        + " ROWS_DELETED = ?, BYTES_PROCESSED = ?, BYTES_BILLED = ?, SLOT_MILLIS = ?, STARTED_AT = ?,"
                        + " ENDED_AT = ?, SETTLED_AT = CURRENT_TIMESTAMP WHERE EFFECT = ? AND ATTEMPT = ?"
                        + " AND STATE = 'INTENT'" + condition)
                .params(receipt.rowsOut(), receipt.rowsInserted(), receipt.rowsUpdated(), receipt.rowsDeleted())
                .params(receipt.bytesProcessed(), receipt.bytesBilled(), receipt.slotMillis())
                .params(utc(receipt.started()), utc(receipt.ended()))
                .params(intent.key().id(), intent.attempt())
                .params(values)
                .update();
        requireSettled(settled, intent, IntentState.DONE);
        return settled;
    }

    @Override
    public void failed(Intent intent, String reason, long run) {
        failed(intent, reason, UNLESS_TAKEN_OVER, UnlessTakenOver.values(instance(intent), run));
    }

    @Override
    public void failed(Intent intent, String reason, Fence owner) {
        database.under(owner, () -> failed(intent, reason, "", List.of()));
    }

    private int failed(Intent intent, String reason, String condition, List<Object> values) {
        int settled = database.jdbc()
                .sql("UPDATE SLUICE_INTENT SET STATE = 'FAILED', FAILURE = ?, SETTLED_AT = CURRENT_TIMESTAMP"
                        + " WHERE EFFECT = ? AND ATTEMPT = ? AND STATE = 'INTENT'" + condition)
                .params(reason.substring(0, Math.min(reason.length(), MAX_FAILURE)))
                .params(intent.key().id(), intent.attempt())
                .params(values)
                .update();
        requireSettled(settled, intent, IntentState.FAILED);
        return settled;
    }

    private static InstanceKey instance(Intent intent) {
        return intent.key().instance();
    }

    /** Settling twice in the same way loses nothing: the reply to the first may have been lost. */
    private void requireSettled(int updated, Intent intent, IntentState wanted) {
        if (updated == 1) {
            return;
        }
        String there = database.jdbc()
                .sql("SELECT STATE FROM SLUICE_INTENT WHERE EFFECT = ? AND ATTEMPT = ?")
                .params(intent.key().id(), intent.attempt())
                .query(String.class)
                .optional()
                .orElse("missing");
        if (!there.equals(wanted.name())) {
            throw new LeaseLost(
                    "cannot settle the intent of BigQuery job %s as %s: it is %s; another process works on this run, look at its owner"
                            .formatted(intent.bigQueryJobId(), wanted, there));
        }
    }

    @Override
    public List<Intent> latest(InstanceKey instance) {
        return database.jdbc()
                .sql("SELECT * FROM SLUICE_INTENT I WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ?"
                        + " AND ATTEMPT = (SELECT MAX(ATTEMPT) FROM SLUICE_INTENT L WHERE L.EFFECT = I.EFFECT)"
                        + " ORDER BY DECLARED_AT, BIGQUERY_JOB_ID")
                .params(instance.job(), instance.jobKey(), instance.generation())
                .query(JdbcIntents::intent)
                .list();
    }

    @Override
    public List<Intent> of(InstanceKey instance, String step) {
        return database.jdbc()
                .sql("SELECT * FROM SLUICE_INTENT WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ? AND STEP = ?"
                        + " ORDER BY DECLARED_AT, ATTEMPT")
                .params(instance.job(), instance.jobKey(), instance.generation(), step)
                .query(JdbcIntents::intent)
                .list();
    }

    private static Intent intent(ResultSet row, int number) throws SQLException {
        var instance = new InstanceKey(row.getString("JOB_NAME"), row.getString("JOB_KEY"), row.getInt("GENERATION"));
        var key = new EffectKey(
                instance, row.getString("STEP"), row.getString("UNIT_RANGE"), row.getString("UNIT_DIGEST"));
        IntentState state = IntentState.valueOf(row.getString("STATE"));
        return new Intent(
                key,
                row.getInt("ATTEMPT"),
                state,
                row.getString("KIND"),
                row.getString("DESTINATION"),
                receipt(row, state));
    }

    private static @Nullable EffectReceipt receipt(ResultSet row, IntentState state) throws SQLException {
        if (state != IntentState.DONE) {
            return null;
        }
        return new EffectReceipt(
                row.getString("BIGQUERY_JOB_ID"),
                row.getString("KIND"),
                row.getInt("ATTEMPT"),
                row.getLong("ROWS_OUT"),
                row.getLong("ROWS_INSERTED"),
                row.getLong("ROWS_UPDATED"),
                row.getLong("ROWS_DELETED"),
                row.getLong("BYTES_PROCESSED"),
                row.getLong("BYTES_BILLED"),
                row.getLong("SLOT_MILLIS"),
                instant(row.getTimestamp("STARTED_AT")),
                instant(row.getTimestamp("ENDED_AT")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? Instant.EPOCH : timestamp.toInstant();
    }
}
