package dev.sluice.launch;

import dev.sluice.definition.StepsByParameters;
import dev.sluice.launch.RestartPlan.PlannedJob;
import dev.sluice.launch.RestartPlan.PlannedStep;
import dev.sluice.ledger.EffectFate;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Intent;
import dev.sluice.ledger.LeaseHolder;
import dev.sluice.ledger.Leases;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** Foretells a restart; changes nothing. */
final class RestartPlans {

    private final Map<String, Job> jobs;
    private final JobRepository repository;
    private final InstanceRuns runs;
    private final Leases leases;
    private final OpenIntents intents;

    RestartPlans(
            Map<String, Job> jobs, JobRepository repository, InstanceRuns runs, Leases leases, OpenIntents intents) {
        this.jobs = Map.copyOf(jobs);
        this.repository = repository;
        this.runs = runs;
        this.leases = leases;
        this.intents = intents;
    }

    RestartPlan of(JobExecution run) {
        LaunchRequest request = LaunchRequest.of(run);
        JobExecution last = runs.last(request.job(), request.parameters());
        Optional<LaunchOutcome> refusal = refusal(last == null ? run : last, request.instance());
        return refusal.map(RestartPlan::refused)
                .orElseGet(() -> new RestartPlan(run.getId(), 0, List.of(), steps(run), jobs(request.instance())));
    }

    private Optional<LaunchOutcome> refusal(JobExecution last, InstanceKey instance) {
        long id = last.getId();
        Optional<LeaseHolder> holder = leases.holder(instance).filter(LeaseHolder::alive);
        if (holder.isPresent()) {
            return Optional.of(LaunchOutcome.of(
                    ExitCode.ALREADY_RUNNING,
                    id,
                    "run %d is alive: %s owns it; 'stop %d' stops it"
                            .formatted(id, holder.get().owner(), id)));
        }
        return FinishedRun.answer(last);
    }

    private List<PlannedStep> steps(JobExecution run) {
        List<PlannedStep> steps = new ArrayList<>();
        for (String name : stepNames(run)) {
            StepExecution last = repository.getLastStepExecution(run.getJobInstance(), name);
            steps.add(
                    last == null
                            ? new PlannedStep(name, null, "run", 0, 0)
                            : new PlannedStep(
                                    name,
                                    last.getStatus().name(),
                                    last.getStatus() == BatchStatus.COMPLETED ? "skip" : "continue",
                                    last.getReadCount(),
                                    last.getWriteCount()));
        }
        return steps;
    }

    private Collection<String> stepNames(JobExecution run) {
        Job declared = jobs.get(run.getJobInstance().getJobName());
        if (declared instanceof StepsByParameters known) {
            return known.stepNames(run.getJobParameters());
        }
        return declared instanceof AbstractJob job
                ? job.getStepNames()
                : run.getStepExecutions().stream()
                        .map(StepExecution::getStepName)
                        .toList();
    }

    private List<PlannedJob> jobs(InstanceKey instance) {
        return intents.of(instance).stream()
                .map(intent -> new PlannedJob(
                        intent.bigQueryJobId(),
                        intent.key().step(),
                        intent.kind(),
                        intent.destination(),
                        intent.state().name(),
                        plan(intent)))
                .toList();
    }

    private String plan(Intent intent) {
        return switch (intent.state()) {
            case DONE -> "keep";
            case FAILED -> "send anew";
            case INTENT -> plan(intents.fate(intent));
        };
    }

    private static String plan(EffectFate fate) {
        if (fate instanceof EffectFate.Happened) {
            return "adopt";
        }
        if (fate instanceof EffectFate.Running) {
            return "await";
        }
        if (fate instanceof EffectFate.Failed) {
            return "send anew";
        }
        return fate instanceof EffectFate.Foreign ? "refuse" : "send again";
    }
}
