package dev.sluice.schedule;

import dev.sluice.definition.JobDefinitions;
import dev.sluice.definition.JobSchedule;
import dev.sluice.launch.Launcher;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.ledger.Owner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The scheduler's beans: made when a command asks for them, since most processes run one job and end. */
@Lazy
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScheduleProperties.class)
class ScheduleWiring {

    @Bean
    TickObserver tickObserver() {
        return new TickLog();
    }

    @Bean
    TickRows tickRows(LedgerDatabase database, ScheduleProperties properties, TickObserver observer) {
        return new TickRows(database, DatabaseTime.CURRENT, properties.claim(), observer);
    }

    @Bean
    TickQueue tickQueue(
            LedgerDatabase database,
            JobDefinitions definitions,
            TickRows rows,
            ScheduleProperties properties,
            TickObserver observer) {
        List<ScheduledJob> jobs = scheduled(definitions);
        var misfires = new Misfires(properties.grace(), properties.lookBack());
        var plans = new PlanRows(database, DatabaseTime.CURRENT, observer);
        return new TickQueue(
                rows,
                new Planner(jobs, plans, misfires, properties.lookBack()),
                new TickClaims(jobs, rows, new Admission(database, rows, properties.concurrentRunsPerOrg()), misfires),
                Owner.current().toString());
    }

    private static List<ScheduledJob> scheduled(JobDefinitions definitions) {
        return definitions.all().stream()
                .flatMap(job -> {
                    JobSchedule schedule = job.schedule();
                    return schedule == null ? Stream.empty() : Stream.of(ScheduledJob.of(job, schedule));
                })
                .toList();
    }

    @Bean(destroyMethod = "shutdownNow")
    ThreadPoolExecutor scheduledRuns(ScheduleProperties properties) {
        int runs = properties.concurrentRuns();
        return new ThreadPoolExecutor(
                runs,
                runs,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(work, "scheduled-run"));
    }

    @Bean
    Scheduler scheduler(
            TickQueue queue,
            TickRows rows,
            Launcher launcher,
            ThreadPoolExecutor scheduledRuns,
            @Value("${sluice.root:.}") String root) {
        Path folder = Path.of(root).toAbsolutePath();
        var run = new TickRun((job, parameters, observer) -> launcher.start(job, parameters, folder, observer), rows);
        return new Scheduler(queue, run, scheduledRuns);
    }
}
