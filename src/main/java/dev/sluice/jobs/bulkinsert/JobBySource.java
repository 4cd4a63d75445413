package dev.sluice.jobs.bulkinsert;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.StartLimitExceededException;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * One job with two sequences of steps. Its parameters alone decide which one it is, so that a run never changes from one to
 * the other.
 */
final class JobBySource extends AbstractJob {

    private final List<Step> readHere;
    private final List<Step> readByBigQuery;

    JobBySource(String name, JobRepository repository, List<Step> readHere, List<Step> readByBigQuery) {
        super(name);
        setJobRepository(repository);
        this.readHere = readHere;
        this.readByBigQuery = readByBigQuery;
    }

    @Override
    protected void doExecute(JobExecution execution)
            throws JobInterruptedException, JobRestartException, StartLimitExceededException {
        StepExecution last = null;
        for (Step step : steps(execution)) {
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

    private List<Step> steps(JobExecution execution) {
        return BulkInsertRuns.isReadByBigQuery(execution.getJobParameters()) ? readByBigQuery : readHere;
    }

    /** The first of this name; steps of both sequences that share one do the same to what they read. */
    @Override
    public @Nullable Step getStep(String name) {
        return Stream.concat(readHere.stream(), readByBigQuery.stream())
                .filter(step -> step.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<String> getStepNames() {
        return Stream.concat(readHere.stream(), readByBigQuery.stream())
                .map(Step::getName)
                .distinct()
                .toList();
    }
}
