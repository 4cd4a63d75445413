package dev.sluice.launch;

import dev.sluice.ledger.EffectFate;
import dev.sluice.ledger.EffectLookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.transaction.PlatformTransactionManager;

/** A context with one job of two steps, the second of which a test replaces. Not annotated, so that no scan finds it. */
@EnableAutoConfiguration
@ComponentScan({"dev.sluice.ledger", "dev.sluice.launch", "dev.sluice.schedule"})
class LaunchedJobs {

    /**
     * @param root an empty folder, for the checkout
     * @param settings as of a command line
     */
    static ConfigurableApplicationContext start(Path root, String url, String... settings) {
        return run(new SpringApplicationBuilder(LaunchedJobs.class), root, url, settings);
    }

    static ConfigurableApplicationContext start(Path root, String url, Outage outage) {
        return run(
                new SpringApplicationBuilder(LaunchedJobs.class)
                        .initializers(context -> context.getBeanFactory().addBeanPostProcessor(outage)),
                root,
                url);
    }

    private static ConfigurableApplicationContext run(
            SpringApplicationBuilder application, Path root, String url, String... settings) {
        layOut(root);
        return application.run(
                Stream.concat(Stream.of("--sluice.root=" + root, "--spring.datasource.url=" + url), Stream.of(settings))
                        .toArray(String[]::new));
    }

    private static void layOut(Path root) {
        try {
            Files.createDirectories(root.resolve("jobs/sample"));
            Files.createDirectories(root.resolve("sql/jobrepository"));
            Files.copy(Path.of("jobs/job.schema.json"), root.resolve("jobs/job.schema.json"));
            try (var files = Files.list(Path.of("sql/jobrepository"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, root.resolve("sql/jobrepository").resolve(file.getFileName()));
                }
            }
            Files.writeString(root.resolve("jobs/sample/sample.yaml"), """
                    name: sample
                    description: does what a test says
                    owner: tests
                    tier: BATCH
                    jobTimeout: 30m
                    parameters:
                      - {name: label, type: string, required: true, description: what tells instances apart}
                      - {name: size, type: size, default: 1MB, identifying: false, description: how much}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What BigQuery knows of intended effects; a test replaces it. */
    @Bean
    AtomicReference<EffectLookup> effects() {
        return new AtomicReference<>(intent -> new EffectFate.Absent());
    }

    @Bean
    EffectLookup effectLookup(AtomicReference<EffectLookup> effects) {
        return intent -> effects.get().of(intent);
    }

    @Bean
    AtomicReference<Tasklet> work() {
        return new AtomicReference<>((contribution, chunk) -> RepeatStatus.FINISHED);
    }

    @Bean
    Job sample(JobRepository repository, PlatformTransactionManager transactions, AtomicReference<Tasklet> work) {
        var first = new StepBuilder("first", repository)
                .tasklet((contribution, chunk) -> RepeatStatus.FINISHED, transactions)
                .build();
        var second = new StepBuilder("second", repository)
                .tasklet((contribution, chunk) -> work.get().execute(contribution, chunk), transactions)
                .build();
        return new JobBuilder("sample", repository).start(first).next(second).build();
    }
}
