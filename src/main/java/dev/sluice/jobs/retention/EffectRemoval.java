package dev.sluice.jobs.retention;

import static dev.sluice.jobs.retention.PurgedTable.SLUICE_DEAD_LETTER;
import static dev.sluice.jobs.retention.PurgedTable.SLUICE_INTENT;

import java.util.List;
import java.util.Map;

/** Takes away what the ledger remembers of single effects; receipts, sources and publications stay. */
final class EffectRemoval implements Removal<Long> {

    private final PurgeStatements statements;
    private final Purges purges;

    EffectRemoval(PurgeStatements statements, Purges purges) {
        this.statements = statements;
        this.purges = purges;
    }

    @Override
    public List<Long> next(Purge purge, long position) {
        return statements
                .of("retention/find-runs-with-effects.sql")
                .params(Map.of("position", position, "before", purge.effectsBefore(), "block", purge.blockSize()))
                .query((row, number) -> row.getLong(1))
                .list();
    }

    @Override
    public long number(Long run) {
        return run;
    }

    @Override
    public String line(Long run) {
        return "";
    }

    @Override
    public void remove(Purge purge, List<Long> runs) {
        for (PurgedTable table : List.of(SLUICE_INTENT, SLUICE_DEAD_LETTER)) {
            purges.count(purge, table, statements.remove(table, Map.of("runs", runs), purge.isDryRun()));
        }
        if (!purge.isDryRun()) {
            statements
                    .of("retention/note-forgotten-effects.sql")
                    .param("runs", runs)
                    .update();
        }
    }
}
