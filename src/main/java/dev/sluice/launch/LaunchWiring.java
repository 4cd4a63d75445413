package dev.sluice.launch;

import dev.sluice.definition.JobDefinitions;
import dev.sluice.definition.LaunchCheck;
import dev.sluice.definition.RunProgress;
import dev.sluice.definition.YamlJobDefinitions;
import dev.sluice.ledger.Leases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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

    /** JSON, since whoever can write to the repository could run code through Java serialization. */
    @Bean
    ExecutionContextSerializer executionContextSerializer() {
        return new JacksonExecutionContextStringSerializer();
    }

    @Bean
    Launcher launcher(
            JobDefinitions definitions,
            List<LaunchCheck> checks,
            List<Job> jobs,
            JobRepository repository,
            JobOperator operator,
            Leases leases) {
        Map<String, Job> byName =
                jobs.stream().map(LaunchWiring::recorded).collect(Collectors.toMap(Job::getName, job -> job));
        return new Launcher(definitions, checks, repository, new InstanceLaunch(byName, repository, operator, leases));
    }

    private static Job recorded(Job job) {
        ((AbstractJob) job).registerJobExecutionListener(new OutcomeRecord());
        return job;
    }
}
