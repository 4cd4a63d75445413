package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.Intents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** As many runs at once as a node may have: none waits for a connection that another one keeps. */
class ConcurrentRunsTests {

    private static final int RUNS = 24;

    /** Each is in the middle of a chunk when the last one gets there, then writes to the ledger. */
    @Test
    @SuppressWarnings("unchecked")
    void areAllInTheMiddleOfAChunkAtOnce(@TempDir Path root) throws Exception {
        try (var context = LaunchedJobs.start(
                root,
                "jdbc:h2:mem:concurrent-runs;USER=sa",
                "--sluice.schedule.concurrent-runs=" + RUNS,
                "--spring.datasource.hikari.connection-timeout=2000")) {
            var all = new CyclicBarrier(RUNS);
            var intents = context.getBean(Intents.class);
            ((AtomicReference<Tasklet>) context.getBean("work")).set((contribution, chunk) -> {
                all.await(60, TimeUnit.SECONDS);
                var run = contribution.getStepExecution().getJobExecution();
                var effect = new EffectKey(LaunchRequest.of(run).instance(), "second", "all", "d");
                intents.declare(effect, 1, run.getId(), "load", "d.t");
                all.await(60, TimeUnit.SECONDS);
                return RepeatStatus.FINISHED;
            });
            Launcher launcher = context.getBean(Launcher.class);
            var workers = context.getBean("scheduledRuns", ThreadPoolExecutor.class);

            List<Future<LaunchOutcome>> begun = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                Map<String, String> label = Map.of("label", "run " + i);
                begun.add(workers.submit(
                        () -> launcher.start("sample", label, Path.of("."), (run, job, parameters, resumed) -> {})));
            }

            for (Future<LaunchOutcome> run : begun) {
                LaunchOutcome outcome = run.get(120, TimeUnit.SECONDS);
                assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(ExitCode.COMPLETED);
            }
        }
    }
}
