package dev.sluice.launch;

import dev.sluice.ledger.Fence;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.LeaseLost;
import dev.sluice.ledger.Publications;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/** Ends for good, or for now, what nobody runs any more. */
final class Endings {

    private final LaunchGate gate;
    private final InstanceRuns runs;
    private final OpenIntents intents;
    private final Publications publications;

    Endings(LaunchGate gate, InstanceRuns runs, OpenIntents intents, Publications publications) {
        this.gate = gate;
        this.runs = runs;
        this.intents = intents;
        this.publications = publications;
    }

    /** Marks a run whose owner is dead as failed, once it is known what became of its effects. */
    LaunchOutcome recover(long runId) {
        JobExecution run = runs.required(runId);
        LaunchRequest request = LaunchRequest.of(run);
        return gate.owning(request.instance(), lease -> {
            JobExecution now = runs.required(runId);
            if (!InstanceRuns.isUnfinished(now)) {
                return LaunchOutcome.of(
                        ExitCode.INVALID,
                        runId,
                        "run %d has ended (%s); only a run whose owner died can be recovered"
                                .formatted(runId, now.getStatus()));
            }
            List<String> found = intents.resolve(request.instance(), lease.fence());
            runs.settle(now);
            return new LaunchOutcome(ExitCode.COMPLETED, runId, found)
                    .with(runId, "run %d is marked FAILED; 'restart %d' resumes it".formatted(runId, runId));
        });
    }

    /** Makes sure that nobody resumes a run that did not complete. */
    LaunchOutcome abandon(long runId) {
        LaunchRequest request = LaunchRequest.of(runs.required(runId));
        return gate.owning(request.instance(), lease -> {
            JobExecution last = runs.last(request.job(), request.parameters());
            if (last == null || last.getId() != runId) {
                return LaunchOutcome.of(
                        ExitCode.INVALID,
                        runId,
                        "run %d is not the last of its instance; abandon run %d"
                                .formatted(runId, last == null ? runId : last.getId()));
            }
            if (last.getStatus() == BatchStatus.COMPLETED) {
                return LaunchOutcome.of(
                        ExitCode.ALREADY_COMPLETED,
                        runId,
                        "run %d is completed: there is nothing to abandon; 'rerun %d --reason <why>' does it anew"
                                .formatted(runId, runId));
            }
            if (last.getStatus() != BatchStatus.ABANDONED) {
                runs.settle(last);
                runs.abandon(last);
            }
            return new LaunchOutcome(ExitCode.COMPLETED, runId, released(runId, request.instance(), lease.fence()))
                    .with(
                            runId,
                            "run %d is abandoned: nothing resumes it; 'rerun %d --reason <why>' does its work anew"
                                    .formatted(runId, runId));
        });
    }

    private List<String> released(long runId, InstanceKey instance, Fence owner) {
        List<String> found;
        try {
            // what BigQuery knows to have failed need not be claimed
            found = new ArrayList<>(intents.resolve(instance, owner));
        } catch (LeaseLost e) {
            throw e;
        } catch (RuntimeException e) {
            return List.of("BigQuery cannot tell now what became of its jobs: %s; abandon %d again then"
                    .formatted(RunOutcomes.message(e), runId));
        }
        if (publications.confirm(instance, owner) > 0) {
            found.add("it had published its content, which counts as published now");
        }
        if (publications.release(instance, owner) > 0) {
            found.add("what it had not published may be published by others now");
        }
        if (publications.claims(instance)) {
            found.add(
                    ("it may have published its content, or may yet: nobody else publishes it. If its BigQuery job is still"
                                    + " running, abandon %d again when it has ended; if the rows are not in the table after that,"
                                    + " start with batch=<label> loads them")
                            .formatted(runId));
        }
        return found;
    }
}
