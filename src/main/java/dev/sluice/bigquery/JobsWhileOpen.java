package dev.sluice.bigquery;

import dev.sluice.ledger.EffectReceipt;

/** Runs BigQuery jobs until the door closes. */
final class JobsWhileOpen implements BigQueryJobs {

    private final BigQueryJobs jobs;
    private final OpenDoor door;

    JobsWhileOpen(BigQueryJobs jobs, OpenDoor door) {
        this.jobs = jobs;
        this.door = door;
    }

    @Override
    public EffectReceipt load(Effect effect, LoadRequest request) {
        return door.during("run " + effect.key().step(), () -> jobs.load(effect, request));
    }

    @Override
    public EffectReceipt load(Effect effect, FileLoad request) {
        return door.during("run " + effect.key().step(), () -> jobs.load(effect, request));
    }

    @Override
    public EffectReceipt execute(Effect effect, SqlStatement statement) {
        return door.during("run " + effect.key().step(), () -> jobs.execute(effect, statement));
    }

    @Override
    public QueryRows query(SqlStatement statement, Deadline deadline) {
        return door.during("query " + statement.name(), () -> jobs.query(statement, deadline));
    }
}
