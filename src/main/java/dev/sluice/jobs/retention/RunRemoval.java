package dev.sluice.jobs.retention;

import static dev.sluice.jobs.retention.PurgedTable.BATCH_JOB_EXECUTION;
import static dev.sluice.jobs.retention.PurgedTable.BATCH_JOB_EXECUTION_CONTEXT;
import static dev.sluice.jobs.retention.PurgedTable.BATCH_JOB_EXECUTION_PARAMS;
import static dev.sluice.jobs.retention.PurgedTable.BATCH_JOB_INSTANCE;
import static dev.sluice.jobs.retention.PurgedTable.BATCH_STEP_EXECUTION;
import static dev.sluice.jobs.retention.PurgedTable.BATCH_STEP_EXECUTION_CONTEXT;
import static dev.sluice.jobs.retention.PurgedTable.SLUICE_RECOVERY;

import dev.sluice.ledger.InstanceKey;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Takes finished instances away whole: a summary of each run is kept, then everything that Spring Batch knew goes. */
final class RunRemoval implements Removal<FinishedInstance> {

    private static final List<PurgedTable> OF_RUNS = List.of(
            BATCH_STEP_EXECUTION_CONTEXT,
            BATCH_STEP_EXECUTION,
            BATCH_JOB_EXECUTION_CONTEXT,
            BATCH_JOB_EXECUTION_PARAMS,
            SLUICE_RECOVERY,
            BATCH_JOB_EXECUTION);

    private final PurgeStatements statements;
    private final Purges purges;
    private final EffectRemoval effects;

    RunRemoval(PurgeStatements statements, Purges purges, EffectRemoval effects) {
        this.statements = statements;
        this.purges = purges;
        this.effects = effects;
    }

    @Override
    public List<FinishedInstance> next(Purge purge, long position) {
        return statements
                .of("retention/find-instances.sql")
                .params(Map.of("position", position, "before", purge.runsBefore(), "block", purge.blockSize()))
                .query((row, number) -> new FinishedInstance(
                        row.getLong("JOB_INSTANCE_ID"),
                        new InstanceKey(row.getString("JOB_NAME"), row.getString("JOB_KEY"), row.getInt("GENERATION")),
                        row.getLong("LAST_RUN"),
                        row.getObject("ENDED", LocalDateTime.class)))
                .list();
    }

    @Override
    public long number(FinishedInstance instance) {
        return instance.id();
    }

    @Override
    public String line(FinishedInstance instance) {
        return "run %d of %s, the last of instance %d, ended %s"
                .formatted(instance.lastRun(), instance.key().job(), instance.id(), instance.ended());
    }

    @Override
    public void remove(Purge purge, List<FinishedInstance> block) {
        List<FinishedInstance> free = purge.isDryRun() ? block : held(block);
        if (free.isEmpty()) {
            return;
        }
        List<Long> runs = runs(free);
        if (!purge.isDryRun()) {
            keep(purge, runs);
        }
        removeOldEffects(purge, free);
        for (PurgedTable table : OF_RUNS) {
            purges.count(purge, table, statements.remove(table, Map.of("runs", runs), purge.isDryRun()));
        }
        var instances = Map.of("instances", ids(free));
        purges.count(purge, BATCH_JOB_INSTANCE, statements.remove(BATCH_JOB_INSTANCE, instances, purge.isDryRun()));
    }

    private void removeOldEffects(Purge purge, List<FinishedInstance> free) {
        List<FinishedInstance> old = free.stream()
                .filter(instance -> instance.ended().isBefore(purge.effectsBefore()))
                .toList();
        if (!old.isEmpty()) {
            effects.remove(purge, runs(old));
        }
    }

    /** Those whose lease is free, until the transaction has ended; in one order, so that two purges wait for each other. */
    private List<FinishedInstance> held(List<FinishedInstance> block) {
        return block.stream()
                .sorted(Comparator.comparing((FinishedInstance instance) ->
                        instance.key().job() + instance.key().jobKey()))
                .filter(instance -> statements
                                .of("retention/hold-lease.sql")
                                .params(Map.of(
                                        "job",
                                        instance.key().job(),
                                        "key",
                                        instance.key().jobKey()))
                                .update()
                        == 1)
                .toList();
    }

    private List<Long> runs(List<FinishedInstance> instances) {
        return statements
                .of("retention/find-runs.sql")
                .param("instances", ids(instances))
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private static List<Long> ids(List<FinishedInstance> instances) {
        return instances.stream().map(FinishedInstance::id).toList();
    }

    private void keep(Purge purge, List<Long> runs) {
        statements
                .of("retention/keep-runs.sql")
                .params(Map.of("runs", runs, "by", purge.run()))
                .update();
        statements.of("retention/keep-parameters.sql").param("runs", runs).update();
    }
}
