package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatus;
import dev.sluice.bigquery.BigQueryFailure.Closed;
import dev.sluice.bigquery.BigQueryFailure.Collision;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.Intent;
import dev.sluice.ledger.IntentState;
import dev.sluice.ledger.Intents;
import dev.sluice.ledger.StopRequested;
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
    private final RemoteCalls calls;

    EffectProtocol(Intents intents, JobResources resources, RunningJobs running, RemoteCalls calls) {
        this.intents = intents;
        this.resources = resources;
        this.running = running;
        this.calls = calls;
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
            return complete(wanted, Objects.requireNonNull(known.get().receipt()));
        }
        boolean doubtful = known.isPresent() && known.get().state() == IntentState.INTENT;
        Intent intent = doubtful
                ? known.get()
                : declare(effect, wanted, known.map(Intent::attempt).orElse(0) + 1);
        for (int attempt = 1; ; attempt++) {
            Job ended = attempt(effect, wanted, intent, doubtful, submission, deadline);
            ErrorProto error = ended.getStatus().getErrorResult();
            // who slept while it ran and lost the lease leaves the ledger to the heir
            effect.fence().verify();
            if (error == null) {
                return settle(effect, intent, wanted, ended);
            }
            intents.failed(intent, describe(error), effect.runId());
            Verdict verdict = RetryPolicy.ofJob(String.valueOf(error.getReason()), String.valueOf(error.getMessage()));
            // what an earlier run left in doubt and turns out to have failed may have been mended since
            boolean again = doubtful || verdict == Verdict.NEW_ATTEMPT;
            if (!again || attempt == MAX_ATTEMPTS_PER_CALL) {
                throw verdict == Verdict.PARK ? parked(effect, intent, error) : failed(wanted, intent, error);
            }
            calls.backOff(attempt, doubtful ? Verdict.REPEAT : verdict, purpose(effect, intent), deadline);
            intent = declare(effect, wanted, intent.attempt() + 1);
            doubtful = false;
        }
    }

    private Intent declare(Effect effect, Wanted wanted, int attempt) {
        requireMayBegin(effect);
        return intents.declare(effect.key(), attempt, effect.runId(), wanted.kind(), wanted.destination());
    }

    private Job attempt(
            Effect effect,
            Wanted wanted,
            Intent intent,
            boolean doubtful,
            EffectSubmission submission,
            Deadline deadline) {
        Job job = resources.named(wanted.job(), intent.bigQueryJobId());
        try {
            Optional<Job> there = doubtful ? running.find(intent.bigQueryJobId(), deadline) : Optional.empty();
            if (there.isPresent()) {
                return adopt(effect, job, there.get(), deadline);
            }
            requireMayBegin(effect);
            return submit(effect, job, purpose(effect, intent), submission, deadline);
        } catch (DeadlineExceeded | Closed | StopRequested e) {
            if (effect.cancellable() && isStillOwn(effect)) {
                running.cancelLater(intent.bigQueryJobId());
            }
            throw e;
        }
    }

    /** Whoever has taken over may be waiting for the very job. */
    private static boolean isStillOwn(Effect effect) {
        try {
            effect.fence().verify();
            return true;
        } catch (RuntimeException unknown) {
            return false;
        }
    }

    private static void requireMayBegin(Effect effect) {
        effect.fence().verify();
        requireNotStopping(effect);
    }

    private static void requireNotStopping(Effect effect) {
        if (effect.fence().stopRequested()) {
            throw new StopRequested("run %d was asked to stop; restart resumes it".formatted(effect.runId()));
        }
    }

    private Job submit(Effect effect, Job job, Purpose purpose, EffectSubmission submission, Deadline deadline) {
        String id = job.getJobReference().getJobId();
        try {
            submission.submit(job, purpose, deadline);
        } catch (Permanent e) {
            if (RetryPolicy.ofJob(e.reason()) != Verdict.NEW_ATTEMPT) {
                throw e;
            }
            return running.find(id, deadline)
                    .map(there -> adopt(effect, job, there, deadline))
                    .orElseGet(() -> refused(job, e));
        }
        return adopt(effect, job, running.find(id, deadline).orElseThrow(() -> lost(purpose)), deadline);
    }

    /** A submission that was refused with a reason that asks for another id is the same as a job that failed so. */
    private static Job refused(Job job, Permanent refusal) {
        var error = new ErrorProto().setReason(refusal.reason()).setMessage("refused when it was submitted");
        return job.setStatus(new JobStatus().setState("DONE").setErrorResult(error));
    }

    /** Waits for what must not be cancelled even if the run is to stop: it is not known to have happened before. */
    private Job adopt(Effect effect, Job wanted, Job there, Deadline deadline) {
        requireSame(wanted, there);
        Runnable meanwhile = effect.cancellable() ? () -> requireNotStopping(effect) : () -> {};
        return running.await(wanted.getJobReference().getJobId(), there, deadline, meanwhile);
    }

    private static Purpose purpose(Effect effect, Intent intent) {
        return new Purpose(CallKind.SUBMIT_JOB, "run " + effect.key().step(), intent.bigQueryJobId());
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

    static String describe(ErrorProto error) {
        return "%s: %s".formatted(error.getReason(), ServerWords.of(String.valueOf(error.getMessage())));
    }

    private BigQueryFailure parked(Effect effect, Intent intent, ErrorProto error) {
        return calls.quotaExhausted(purpose(effect, intent), ServerWords.of(String.valueOf(error.getMessage())));
    }

    private static Permanent failed(Wanted wanted, Intent intent, ErrorProto error) {
        String reason = String.valueOf(error.getReason());
        return new Permanent(
                "%s into %s failed, BigQuery job %s: %s; %s"
                        .formatted(
                                wanted.kind(),
                                wanted.destination(),
                                intent.bigQueryJobId(),
                                describe(error),
                                RetryPolicy.advice(reason)),
                reason,
                null);
    }

    /** The ledger says DONE even if the rows are too few or too many: it happened, and must not happen again. */
    private EffectReceipt settle(Effect effect, Intent intent, Wanted wanted, Job ended) {
        EffectReceipt receipt = JobReceipts.of(intent, ended);
        intents.done(intent, receipt, effect.runId());
        return complete(wanted, receipt);
    }

    private static EffectReceipt complete(Wanted wanted, EffectReceipt receipt) {
        if (wanted.rowsOut() != null && wanted.rowsOut() != receipt.rowsOut()) {
            throw new Permanent(
                    "load into %s: %d rows were sent but BigQuery job %s reports %d; nothing is published, and a restart would find the same: compare source and table, then start anew"
                            .formatted(
                                    wanted.destination(), wanted.rowsOut(), receipt.bigQueryJobId(), receipt.rowsOut()),
                    null);
        }
        return receipt;
    }
}
