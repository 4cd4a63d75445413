package dev.sluice.launch;

import java.util.function.Consumer;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParametersValidator;

/** A job that tells its execution before it begins, so that the run is known while it runs. */
final class AnnouncingJob implements Job {

    private final Job job;
    private final Consumer<JobExecution> announcement;

    AnnouncingJob(Job job, Consumer<JobExecution> announcement) {
        this.job = job;
        this.announcement = announcement;
    }

    @Override
    public String getName() {
        return job.getName();
    }

    @Override
    public boolean isRestartable() {
        return job.isRestartable();
    }

    @Override
    public void execute(JobExecution execution) throws JobInterruptedException {
        announcement.accept(execution);
        job.execute(execution);
    }

    @Override
    public JobParametersValidator getJobParametersValidator() {
        return job.getJobParametersValidator();
    }
}
