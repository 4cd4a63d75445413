package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import dev.sluice.bigquery.BigQueryFailure.Collision;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.RemoteCalls.Purpose;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.Intent;
import dev.sluice.ledger.IntentState;
import dev.sluice.ledger.Intents;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an effect happen at most once: intent, submission under an id that the effect's content decides, comparison,
 * wait, receipt. The attempt in the id rises only after BigQuery has confirmed that the attempt before had no effect.
 */
final class EffectProtocol {

    private static final int MAX_ATTEMPTS_PER_CALL = 4;

    private final Intents intents;
    private final JobResources resources;
    private final RunningJobs running;

    EffectProtocol(Intents intents, JobResources resources, RunningJobs running) {
        this.intents = intents;
        this.resources = resources;
        this.running = running;
    }

    /** What has to happen: {@code job} without its id, and how many rows a load must report, if it is one. */
    record Wanted(
            Job job,
            String kind,
            String destination,
            @Nullable Long rowsOut) {}

    EffectReceipt happen(Effect effect, Wanted wanted, EffectSubmission submission, Deadline deadline) {
        Optional<Intent> known = intents.find(effect.key());
        if (known.isPresent() && known.get().state() == IntentState.DONE) {
            return Objects.requireNonNull(known.get().receipt());
        }
        boolean doubtful = known.isPresent() && known.get().state() == IntentState.INTENT;
        Intent intent = doubtful
                ? known.get()
                : declare(effect, wanted, known.map(Intent::attempt).orElse(0) + 1);
        for (int attempts = 1; ; attempts++) {
            Job job = resources.named(wanted.job(), intent.bigQueryJobId());
            Job ended = attempt(effect, job, doubtful, submission, deadline);
            ErrorProto error = ended.getStatus().getErrorResult();
            if (error == null) {
                return settle(intent, wanted, ended);
            }
            String reason = "%s: %s".formatted(error.getReason(), RemoteCalls.cut(String.valueOf(error.getMessage())));
            intents.failed(intent, reason);
            if (attempts == MAX_ATTEMPTS_PER_CALL || !Reasons.allowsNewAttempt(String.valueOf(error.getReason()))) {
                throw new Permanent(
                        "%s into %s failed, BigQuery job %s: %s; mend the cause, then restart the run"
                                .formatted(wanted.kind(), wanted.destination(), intent.bigQueryJobId(), reason),
                        null);
            }
            intent = declare(effect, wanted, intent.attempt() + 1);
            doubtful = false;
        }
    }

    private Intent declare(Effect effect, Wanted wanted, int attempt) {
        return intents.declare(effect.key(), attempt, effect.runId(), wanted.kind(), wanted.destination());
    }

    private Job attempt(Effect effect, Job job, boolean doubtful, EffectSubmission submission, Deadline deadline) {
        String id = job.getJobReference().getJobId();
        Purpose purpose = new Purpose("submit", "run " + effect.key().step(), id);
        try {
            Optional<Job> there = doubtful ? running.find(id, purpose, deadline) : Optional.empty();
            if (there.isEmpty()) {
                effect.fence().verify();
                submission.submit(job, purpose, deadline);
                there = running.find(id, purpose, deadline);
            }
            requireSame(job, there.orElseThrow(() -> lost(purpose)));
            return running.await(id, deadline);
        } catch (DeadlineExceeded e) {
            if (effect.cancellable()) {
                running.cancelLater(id);
            }
            throw e;
        }
    }

    private static BigQueryFailure lost(Purpose purpose) {
        return new BigQueryFailure.Transient(
                "cannot %s: BigQuery accepted it but does not know it; restart resolves it".formatted(purpose.name()),
                null);
    }

    private static void requireSame(Job wanted, Job there) {
        if (!JobResources.isSame(wanted, there)) {
            throw new Collision(
                    "BigQuery job %s exists but was submitted for something else; nothing was done. Look at it in the console"
                            .formatted(wanted.getJobReference().getJobId()));
        }
    }

    private EffectReceipt settle(Intent intent, Wanted wanted, Job ended) {
        EffectReceipt receipt = JobReceipts.of(intent, ended);
        if (wanted.rowsOut() != null && wanted.rowsOut() != receipt.rowsOut()) {
            throw new Permanent(
                    "load into %s: %d rows were sent but BigQuery job %s reports %d; nothing is published"
                            .formatted(
                                    wanted.destination(), wanted.rowsOut(), receipt.bigQueryJobId(), receipt.rowsOut()),
                    null);
        }
        intents.done(intent, receipt);
        return receipt;
    }
}
