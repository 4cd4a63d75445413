package dev.sluice.ledger;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** Actions as rows of SLUICE_ACTION. */
final class JdbcActions implements Actions {

    private final LedgerDatabase database;

    JdbcActions(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public long begin(long runId, String verb, String actor, @Nullable String reason, String before) {
        var key = new GeneratedKeyHolder();
        database.jdbc()
                .sql("INSERT INTO SLUICE_ACTION (RUN_ID, VERB, ACTOR, REASON, BEFORE_STATUS, BEGUN_AT)"
                        + " VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP)")
                .params(runId, verb, actor)
                .param(reason)
                .param(before)
                .update(key, "id");
        return Objects.requireNonNull(key.getKey(), "the database numbers actions")
                .longValue();
    }

    @Override
    public void end(long action, String after, String outcome) {
        database.jdbc()
                .sql(
                        "UPDATE SLUICE_ACTION SET AFTER_STATUS = ?, OUTCOME = ?, ENDED_AT = CURRENT_TIMESTAMP WHERE ID = ?")
                .params(after, outcome, action)
                .update();
    }
}
