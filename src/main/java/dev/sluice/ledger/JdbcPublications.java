package dev.sluice.ledger;

import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Publications as rows of SLUICE_PUBLICATION. */
final class JdbcPublications implements Publications {

    /** Whoever publishes names its effect by the content's digest, and so do others before it. */
    private static final String ASKED_FOR = "EXISTS (SELECT 1 FROM SLUICE_INTENT N"
            + " WHERE N.JOB_NAME = SLUICE_PUBLICATION.JOB_NAME AND N.JOB_KEY = SLUICE_PUBLICATION.JOB_KEY"
            + " AND N.GENERATION = SLUICE_PUBLICATION.GENERATION AND N.KIND = 'query'"
            + " AND N.UNIT_DIGEST = SLUICE_PUBLICATION.DIGEST";

    private static final String UNCONFIRMED =
            " WHERE JOB_NAME = ? AND JOB_KEY = ? AND GENERATION = ? AND NOT PUBLISHED";

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
        return of(instance, "SELECT COUNT(*) > 0 FROM SLUICE_PUBLICATION" + UNCONFIRMED)
                .query(Boolean.class)
                .single();
    }

    @Override
    public int release(InstanceKey instance, Fence owner) {
        String unasked = "DELETE FROM SLUICE_PUBLICATION" + UNCONFIRMED + " AND NOT " + ASKED_FOR
                + " AND N.STEP = COALESCE(SLUICE_PUBLICATION.STEP, N.STEP) AND N.STATE <> 'FAILED')"
                // without its intents nobody knows any more whether it was published
                + " AND NOT EXISTS (SELECT 1 FROM SLUICE_RUN_SUMMARY S"
                + " WHERE S.JOB_NAME = SLUICE_PUBLICATION.JOB_NAME AND S.JOB_KEY = SLUICE_PUBLICATION.JOB_KEY"
                + " AND S.GENERATION = SLUICE_PUBLICATION.GENERATION AND NOT S.EFFECTS_KEPT)";
        return database.under(owner, () -> of(instance, unasked).update());
    }

    @Override
    public int confirm(InstanceKey instance, Fence owner) {
        String done = "UPDATE SLUICE_PUBLICATION SET PUBLISHED = TRUE" + UNCONFIRMED + " AND " + ASKED_FOR
                + " AND N.STEP = SLUICE_PUBLICATION.STEP AND N.STATE = 'DONE')";
        return database.under(owner, () -> of(instance, done).update());
    }

    private JdbcClient.StatementSpec of(InstanceKey instance, String sql) {
        return database.jdbc().sql(sql).params(instance.job(), instance.jobKey(), instance.generation());
    }
}
