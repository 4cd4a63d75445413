package dev.sluice.jobs.bulkinsert;

import dev.sluice.definition.StepsByParameters;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.StartLimitExceededException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * One job with two sequences of steps. Its parameters alone decide which one it is, so that a run never changes from one to
 * the other. Each run gets steps of its own, so that several may go on at once.
 */
final class JobBySource extends AbstractJob implements StepsByParameters {

    private final Supplier<List<Step>> readHere;
    private final Supplier<List<Step>> readByBigQuery;

    /** Both make new steps at each call. */
    JobBySource(
            String name, JobRepository repository, Supplier<List<Step>> readHere, Supplier<List<Step>> readByBigQuery) {
        super(name);
        setJobRepository(repository);
        this.readHere = readHere;
        this.readByBigQuery = readByBigQuery;
    }

    @Override
    protected void doExecute(JobExecution execution)
            throws JobInterruptedException, JobRestartException, StartLimitExceededException {
        StepExecution last = null;
        for (Step step : steps(execution.getJobParameters())) {
            last = handleStep(step, execution);
            if (last.getStatus() != BatchStatus.COMPLETED) {
                break;
            }
        }
        if (last != null) {
            execution.upgradeStatus(last.getStatus());
            execution.setExitStatus(last.getExitStatus());
        }
    }

    private List<Step> steps(JobParameters parameters) {
        return (BulkInsertRuns.isReadByBigQuery(parameters) ? readByBigQuery : readHere).get();
    }

    @Override
    public List<String> stepNames(JobParameters parameters) {
        return steps(parameters).stream().map(Step::getName).toList();
    }

    /** The first of this name; steps of both sequences that share one do the same to what they read. */
    @Override
    public @Nullable Step getStep(String name) {
        return all().filter(step -> step.getName().equals(name)).findFirst().orElse(null);
    }

    @Override
    public Collection<String> getStepNames() {
        return all().map(Step::getName).distinct().toList();
    }

    private Stream<Step> all() {
        return Stream.concat(readHere.get().stream(), readByBigQuery.get().stream());
    }
}
