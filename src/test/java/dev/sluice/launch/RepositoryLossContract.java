package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The repository is lost in the middle of a run and comes back later. */
abstract class RepositoryLossContract {

    private static final int LAST_CHUNK = 3;

    /** Of an empty database, user included. */
    abstract String url(Path folder);

    @Test
    @SuppressWarnings("unchecked")
    void stopsAtASafePointAndIsResumed(@TempDir Path root) {
        var outage = new Outage();
        try (var context = LaunchedJobs.start(root, url(root), outage)) {
            var chunks = new AtomicInteger();
            var work = (AtomicReference<Tasklet>) context.getBean("work");
            work.set((contribution, chunk) -> {
                if (chunks.incrementAndGet() == LAST_CHUNK) {
                    outage.begin();
                }
                return RepeatStatus.CONTINUABLE;
            });

            LaunchOutcome lost = start(context.getBean(Launcher.class));

            assertThat(lost.exitCode()).as("%s", lost).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(lost.messages()).singleElement().asString().contains("see 'doctor'");
            assertThat(chunks).as("nothing is done that cannot be remembered").hasValue(LAST_CHUNK);
            outage.end();
            // a process that ends with 8 is dead for the next one; this one lives
            context.getBean(JdbcClient.class)
                    .sql("UPDATE SLUICE_LEASE SET OWNER_STARTED = 1")
                    .update();
            work.set((contribution, chunk) -> RepeatStatus.FINISHED);
            assertThat(start(context.getBean(Launcher.class)).exitCode()).isEqualTo(ExitCode.COMPLETED);
            assertThat(context.getBean(JobRepository.class).getJobExecution(1).getStatus())
                    .isEqualTo(BatchStatus.FAILED);
        }
    }

    private static LaunchOutcome start(Launcher launcher) {
        return launcher.start("sample", Map.of("label", "a"), Path.of("."), (run, job, parameters, resumed) -> {});
    }
}
