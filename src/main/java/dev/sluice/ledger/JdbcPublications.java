package dev.sluice.ledger;

import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;

/** Publications as rows of SLUICE_PUBLICATION. */
final class JdbcPublications implements Publications {

    private final LedgerDatabase database;

    JdbcPublications(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Publication> find(String content) {
        return database.jdbc()
                .sql("SELECT DESTINATION, DIGEST, JOB_NAME, JOB_KEY, GENERATION, RUN_ID, PUBLISHED"
                        + " FROM SLUICE_PUBLICATION WHERE CONTENT = ?")
                .param(content)
                .query((row, number) -> new Publication(
                        row.getString(1),
                        row.getString(2),
                        new InstanceKey(row.getString(3), row.getString(4), row.getInt(5)),
                        row.getLong(6),
                        row.getBoolean(7)))
                .optional();
    }

    @Override
    public Publication claim(String content, String destination, EffectKey publishing, long runId) {
        return find(content).orElseGet(() -> insert(content, destination, publishing, runId));
    }

    private Publication insert(String content, String destination, EffectKey publishing, long runId) {
        InstanceKey instance = publishing.instance();
        try {
            int claimed = database.jdbc()
                    .sql("INSERT INTO SLUICE_PUBLICATION SELECT ?, ?, ?, ?, ?, ?, ?, FALSE, CURRENT_TIMESTAMP, ? WHERE "
                            + UnlessTakenOver.CONDITION)
                    .params(content, destination, publishing.digest())
                    .params(instance.job(), instance.jobKey(), instance.generation(), runId)
                    .param(publishing.step())
                    .params(UnlessTakenOver.values(instance, runId))
                    .update();
            UnlessTakenOver.require(claimed, instance, runId);
            return new Publication(destination, publishing.digest(), instance, runId, false);
        } catch (DuplicateKeyException e) {
            return find(content).orElseThrow(() -> e);
        }
    }

    @Override
    public void confirm(String content, InstanceKey instance, long runId) {
        int confirmed = database.jdbc()
                .sql("UPDATE SLUICE_PUBLICATION SET PUBLISHED = TRUE WHERE CONTENT = ? AND "
                        + UnlessTakenOver.CONDITION)
                .param(content)
                .params(UnlessTakenOver.values(instance, runId))
                .update();
        UnlessTakenOver.require(confirmed, instance, runId);
    }

    @Override
    public boolean claims(InstanceKey instance) {
        return database.jdbc()
                .sql("SELECT COUNT(*) > 0 FROM SLUICE_PUBLICATION"
                        + " WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ? AND NOT PUBLISHED")
                .params(instance.job(), instance.jobKey(), instance.generation())
                .query(Boolean.class)
                .single();
    }

    @Override
    public int release(InstanceKey instance, Fence owner) {
        return database.under(owner, () -> release(instance));
    }

    private int release(InstanceKey instance) {
        return database.jdbc()
                .sql("DELETE FROM SLUICE_PUBLICATION WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ?"
                        + " AND NOT PUBLISHED AND NOT EXISTS (SELECT 1 FROM SLUICE_INTENT N"
                        + " WHERE N.JOB_NAME = SLUICE_PUBLICATION.JOB_NAME AND N.JOB_KEY = SLUICE_PUBLICATION.JOB_KEY"
                        + " AND N.GENERATION = SLUICE_PUBLICATION.GENERATION AND N.KIND = 'query'"
                        // whoever publishes names its effect by the content's digest, and so do others before it
                        + " AND N.STEP = COALESCE(SLUICE_PUBLICATION.STEP, N.STEP)"
                        + " AND N.UNIT_DIGEST = SLUICE_PUBLICATION.DIGEST AND N.STATE <> 'FAILED')"
                        // without its intents nobody knows any more whether it was published
                        + " AND NOT EXISTS (SELECT 1 FROM SLUICE_RUN_SUMMARY S"
                        + " WHERE S.JOB_NAME = SLUICE_PUBLICATION.JOB_NAME AND S.JOB_KEY = SLUICE_PUBLICATION.JOB_KEY"
                        + " AND S.GENERATION = SLUICE_PUBLICATION.GENERATION AND NOT S.EFFECTS_KEPT)")
                .params(instance.job(), instance.jobKey(), instance.generation())
                .update();
    }
}
