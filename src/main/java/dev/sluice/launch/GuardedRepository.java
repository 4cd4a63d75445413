package dev.sluice.launch;

import dev.sluice.ledger.Fence;
import dev.sluice.ledger.Fences;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.StopRequested;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Stands before what a run writes to the job repository, which it does after each chunk: only the owner writes, a
 * request to stop is passed on to Spring Batch, and what is stored of a failure are words without secrets instead of a
 * stack trace.
 */
final class GuardedRepository implements MethodInterceptor {

    private final Supplier<Fences> fences;
    private final Supplier<FencedWrites> writes;

    private GuardedRepository(Supplier<Fences> fences, Supplier<FencedWrites> writes) {
        this.fences = fences;
        this.writes = writes;
    }

    /**
     * @param fences asked when a run writes, not before
     * @param writes likewise
     */
    static JobRepository around(JobRepository repository, Supplier<Fences> fences, Supplier<FencedWrites> writes) {
        var proxy = new ProxyFactory(JobRepository.class, new GuardedRepository(fences, writes));
        proxy.setTarget(repository);
        return (JobRepository) proxy.getProxy();
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        return switch (call.getMethod().getName()) {
            // each in a transaction of its own
            case "createJobInstance" -> fenced(instance((String) given(call, 0), call), FencedWrites::apartUnder, call);
            case "createJobExecution" ->
                fenced(instance(((JobInstance) given(call, 0)).getJobName(), call), FencedWrites::apartUnder, call);
            case "createStepExecution" -> fenced(owned((JobExecution) given(call, 1)), FencedWrites::apartUnder, call);
            case "update", "updateExecutionContext" -> fenced(before(given(call, 0)), FencedWrites::under, call);
            default -> call.proceed();
        };
    }

    /** How a write is fenced. */
    private interface Manner {
        @Nullable
        Object write(FencedWrites writes, Fence fence, MethodInvocation call) throws Throwable;
    }

    /** Somebody who holds no lease may write: a person who repairs, or a test. */
    private @Nullable Object fenced(Optional<Fence> fence, Manner manner, MethodInvocation call) throws Throwable {
        return fence.isEmpty() ? call.proceed() : manner.write(writes.get(), fence.get(), call);
    }

    private Optional<Fence> instance(String job, MethodInvocation call) {
        return owned(job, (JobParameters) given(call, 1));
    }

    private static Object given(MethodInvocation call, int position) {
        return Objects.requireNonNull(call.getArguments()[position], "a job repository takes no null");
    }

    private Optional<Fence> before(Object written) {
        if (written instanceof StepExecution step) {
            return before(step);
        }
        return written instanceof JobExecution run ? before(run) : Optional.empty();
    }

    private Optional<Fence> before(StepExecution step) {
        Optional<Fence> fence = owned(step.getJobExecution());
        if (fence.filter(Fence::stopRequested).isPresent()) {
            step.setTerminateOnly();
        }
        boolean stopped = step.getFailureExceptions().stream().anyMatch(GuardedRepository::isStop);
        if (stopped && step.getStatus() == BatchStatus.FAILED) {
            step.setStatus(BatchStatus.STOPPED);
            step.setExitStatus(ExitStatus.STOPPED);
        }
        step.setExitStatus(words(step.getExitStatus(), step.getFailureExceptions()));
        return fence;
    }

    private Optional<Fence> before(JobExecution run) {
        Optional<Fence> fence = owned(run);
        run.setExitStatus(words(run.getExitStatus(), List.of()));
        return fence;
    }

    private Optional<Fence> owned(JobExecution run) {
        return owned(run.getJobInstance().getJobName(), run.getJobParameters());
    }

    private Optional<Fence> owned(String job, JobParameters parameters) {
        return fences.get().find(InstanceKey.of(job, parameters));
    }

    private static boolean isStop(Throwable failure) {
        return RunOutcomes.causes(failure).anyMatch(StopRequested.class::isInstance);
    }

    private static ExitStatus words(ExitStatus status, List<Throwable> failures) {
        String words = failures.isEmpty()
                ? RunOutcomes.words(status.getExitDescription())
                : failures.stream().map(RunOutcomes::message).distinct().collect(Collectors.joining("\n"));
        return new ExitStatus(status.getExitCode(), words);
    }
}
