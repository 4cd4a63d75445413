package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import dev.sluice.ledger.EffectFate;
import dev.sluice.ledger.EffectLookup;
import dev.sluice.ledger.Intent;

/** Looks effects up by the ids of their BigQuery jobs. */
final class EffectsOverRest implements EffectLookup {

    private final RunningJobs running;
    private final Deadlines deadlines;

    EffectsOverRest(RunningJobs running, Deadlines deadlines) {
        this.running = running;
        this.deadlines = deadlines;
    }

    @Override
    public EffectFate of(Intent intent) {
        return running.find(intent.bigQueryJobId(), deadlines.start(Tier.USER))
                .map(job -> fate(intent, job))
                .orElseGet(EffectFate.Absent::new);
    }

    private static EffectFate fate(Intent intent, Job job) {
        if (!JobResources.carries(intent.key().digest(), job)) {
            return new EffectFate.Foreign();
        }
        if (!RunningJobs.isDone(job)) {
            return new EffectFate.Running();
        }
        ErrorProto error = job.getStatus().getErrorResult();
        return error == null
                ? new EffectFate.Happened(JobReceipts.of(intent, job))
                : new EffectFate.Failed(EffectProtocol.describe(error));
    }
}
