package dev.sluice.launch;

import dev.sluice.definition.JobDefinitions;
import dev.sluice.definition.LaunchCheck;
import dev.sluice.definition.RunProgress;
import dev.sluice.definition.YamlJobDefinitions;
import dev.sluice.ledger.Actions;
import dev.sluice.ledger.EffectLookup;
import dev.sluice.ledger.Fences;
import dev.sluice.ledger.Generations;
import dev.sluice.ledger.Intents;
import dev.sluice.ledger.Leases;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.ledger.Publications;
import dev.sluice.ledger.RunSummaries;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;

/** The launching side's beans. */
@Configuration(proxyBeanMethods = false)
class LaunchWiring {

    @Bean
    JobDefinitions jobDefinitions(@Value("${sluice.root:.}") String root) {
        return YamlJobDefinitions.load(Path.of(root));
    }

    @Bean
    RunProgress runProgress() {
        return new RunProgress();
    }

    /** Whoever can write to the repository could run code through Java serialization, or JSON that names classes. */
    @Bean
    ExecutionContextSerializer executionContextSerializer() {
        return new JsonContexts();
    }

    /** Before jobs are built on it. */
    @Bean
    static BeanPostProcessor repositoryGuard(
            ObjectProvider<Fences> fences,
            ObjectProvider<PlatformTransactionManager> transactions,
            ObjectProvider<DataSource> dataSource,
            ObjectProvider<LedgerDatabase> ledger) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof JobRepository repository
                        ? GuardedRepository.around(
                                repository,
                                fences::getObject,
                                SingletonSupplier.of(() -> new FencedWrites(
                                        transactions.getObject(),
                                        dataSource.getObject(),
                                        ledger.getObject().dataSource())))
                        : bean;
            }
        };
    }

    @Bean
    InstanceRuns instanceRuns(JobRepository repository, RunSummaries purged) {
        return new InstanceRuns(repository, purged, Clock.system(ZoneId.systemDefault()));
    }

    @Bean
    LaunchGate launchGate(InstanceRuns runs, JobOperator operator, Leases leases) {
        return new LeasedLaunchGate(runs, operator, leases);
    }

    @Bean
    OpenIntents openIntents(Intents intents, Optional<EffectLookup> lookup) {
        return new OpenIntents(intents, lookup);
    }

    @Bean
    Starts starts(
            List<Job> jobs,
            LaunchGate gate,
            InstanceRuns runs,
            Generations generations,
            List<LaunchCheck> checks,
            RunProgress progress) {
        for (Job job : jobs) {
            ((AbstractJob) job).registerJobExecutionListener(new OutcomeRecord());
            ((AbstractJob) job).registerJobExecutionListener(new ProgressEnd(progress));
        }
        return new Starts(byName(jobs), gate, runs, generations, new LaunchChecks(checks));
    }

    @Bean
    RestartPlans restartPlans(
            List<Job> jobs, JobRepository repository, InstanceRuns runs, Leases leases, OpenIntents intents) {
        return new RestartPlans(byName(jobs), repository, runs, leases, intents);
    }

    private static Map<String, Job> byName(List<Job> jobs) {
        return jobs.stream().collect(Collectors.toMap(Job::getName, job -> job));
    }

    @Bean
    Launcher launcher(
            JobDefinitions definitions,
            InstanceRuns runs,
            Starts starts,
            RestartPlans plans,
            LaunchGate gate,
            OpenIntents intents,
            Leases leases,
            Publications publications,
            Actions actions) {
        var stops = new Stops(runs, leases, time -> LockSupport.parkNanos(time.toNanos()), System::nanoTime);
        var verbs = new Launcher.Verbs(starts, stops, new Endings(gate, runs, intents, publications), plans);
        return new Launcher(definitions, runs, new ActionLog(actions, runs), verbs);
    }
}
