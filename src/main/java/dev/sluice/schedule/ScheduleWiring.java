package dev.sluice.schedule;

import dev.sluice.definition.JobDefinitions;
import dev.sluice.definition.JobSchedule;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.Instruction;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import dev.sluice.ledger.ConnectionPools;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.ledger.Owner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
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

    private static final Logger log = LoggerFactory.getLogger(ScheduleWiring.class);

    /** Where the process publishes its meters, if it does. */
    record Meters(MeterRegistry registry) {}

    @Bean
    Meters schedulerMeterRegistry(ObjectProvider<MeterRegistry> registries) {
        return new Meters(registries.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    Alerts alerts(LedgerDatabase database, Meters meters) {
        return new Alerts(database, DatabaseTime.CURRENT, meters.registry());
    }

    @Bean
    ScheduleMeters scheduleMeters(Meters meters, ThreadPoolExecutor scheduledRuns) {
        var observers = new ScheduleMeters(meters.registry(), new TickLog());
        observers.watch(scheduledRuns);
        return observers;
    }

    @Bean
    RecoveryRows recoveryRows(LedgerDatabase database) {
        return new RecoveryRows(database, DatabaseTime.CURRENT);
    }

    @Bean
    Recoveries recoveries(RecoveryRows rows, JobDefinitions definitions, Alerts alerts, ScheduleProperties properties) {
        return new Recoveries(rows, alerts, job -> definitions.find(job).isPresent(), properties.recovery());
    }

    @Bean
    TickRows tickRows(LedgerDatabase database, ScheduleProperties properties) {
        return new TickRows(database, DatabaseTime.CURRENT, properties.claim());
    }

    @Bean
    TickEnds tickEnds(LedgerDatabase database, Alerts alerts, ScheduleMeters observer) {
        return new TickEnds(database, DatabaseTime.CURRENT, alerts, observer);
    }

    @Bean
    TickQueue tickQueue(
            LedgerDatabase database,
            JobDefinitions definitions,
            TickRows rows,
            TickEnds ends,
            ScheduleProperties properties,
            ScheduleMeters observer) {
        List<ScheduledJob> jobs = scheduled(definitions);
        var misfires = new Misfires(properties.grace(), properties.lookBack());
        var plans = new PlanRows(database, DatabaseTime.CURRENT, observer);
        return new TickQueue(
                rows,
                new Planner(jobs, plans, misfires, properties.lookBack()),
                new TickClaims(
                        jobs, rows, ends, new Admission(database, rows, properties.concurrentRunsPerOrg()), misfires),
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
    ThreadPoolExecutor scheduledRuns(ScheduleProperties properties, ConnectionPools connections) {
        int runs = properties.concurrentRuns();
        connections.holdAtOnce(runs);
        return new ThreadPoolExecutor(
                runs,
                runs,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(work, "scheduled-run"));
    }

    @Bean
    RunsHere runsHere() {
        return new RunsHere();
    }

    @Bean
    Scheduler scheduler(
            TickQueue queue,
            TickRun run,
            Recoveries recoveries,
            Launcher launcher,
            RunsHere here,
            ThreadPoolExecutor scheduledRuns) {
        return new Scheduler(
                queue, run, recoveries, (dead, begun) -> resume(launcher, here, dead, begun), scheduledRuns);
    }

    @Bean
    TickRun tickRun(
            Launcher launcher, RunsHere here, TickRows rows, TickEnds ends, @Value("${sluice.root:.}") String root) {
        Path folder = Path.of(root).toAbsolutePath();
        return new TickRun(
                (job, parameters, observer) ->
                        here.during(own -> launcher.start(job, parameters, folder, own), observer),
                rows,
                ends);
    }

    @Bean
    SchedulerLoop schedulerLoop(
            Scheduler scheduler, RunsHere here, RecoveryRows rows, Launcher launcher, ScheduleProperties properties) {
        var looks = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "scheduler"));
        var handover = new Handover(here, rows, run -> stop(launcher, run));
        return new SchedulerLoop(scheduler, handover, properties, looks, Clock.systemUTC());
    }

    /** What BigQuery can tell of open effects is settled and the run marked failed before anything is repeated. */
    private static LaunchOutcome resume(Launcher launcher, RunsHere here, long dead, LongConsumer begun) {
        var node = new Instruction(
                Owner.current().toString(), "its owner is gone, or its quota renewed; the scheduler resumes it");
        LaunchOutcome recovered = launcher.recover(dead, node);
        boolean hadEnded = recovered.exitCode() == ExitCode.INVALID;
        return hadEnded || recovered.exitCode() == ExitCode.COMPLETED
                ? here.during(
                        own -> launcher.restart(dead, node, own), (run, job, parameters, resumed) -> begun.accept(run))
                : recovered;
    }

    /** Asks, and does not wait: the loop does. */
    private static void stop(Launcher launcher, long run) {
        var node = new Instruction(Owner.current().toString(), "its node ends; another one resumes it");
        LaunchOutcome asked = launcher.stop(run, node, Duration.ZERO, news -> {});
        log.info("run {} is asked to stop: {}", run, asked.exitCode());
    }
}
