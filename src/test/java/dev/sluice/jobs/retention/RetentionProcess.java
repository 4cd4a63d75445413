package dev.sluice.jobs.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.runs.Run;
import dev.sluice.runs.RunHistory;
import dev.sluice.sweep.DeathSwitch;
import dev.sluice.sweep.Life;
import dev.sluice.sweep.SwitchingDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A process with {@code purge} and a job {@code sample}, which fails if its label begins with "bad". It can die and be
 * born again; what is asked of the repository directly is no part of it.
 */
final class RetentionProcess implements AutoCloseable {

    private static final LaunchObserver NOBODY = (run, job, parameters, resumed) -> {};

    private final ConfigurableApplicationContext context;
    private final JdbcClient repository;
    private final RunHistory history;
    private volatile DeathSwitch death = new DeathSwitch(0);

    RetentionProcess(Path root, String url) {
        layOut(root);
        var outside = new DriverManagerDataSource(url);
        this.repository = JdbcClient.create(outside);
        this.history = new RunHistory(outside, BigDecimal.ONE);
        this.context = new SpringApplicationBuilder(Jobs.class)
                .initializers(starting -> starting.getBeanFactory().addBeanPostProcessor(new Mortality()))
                .run(
                        "--sluice.root=" + root,
                        "--sluice.home=" + root.resolve("home"),
                        "--spring.datasource.url=" + url,
                        "--logging.level.org.springframework.jdbc.support=off",
                        "--logging.level.org.springframework.transaction=off");
    }

    private static void layOut(Path root) {
        try {
            for (String part : List.of("jobs/retention", "sql/retention", "sql/jobrepository")) {
                try (Stream<Path> files = Files.list(Path.of(part))) {
                    Files.createDirectories(root.resolve(part));
                    for (Path file : files.toList()) {
                        Files.copy(file, root.resolve(file.toString()));
                    }
                }
            }
            Files.copy(Path.of("jobs/job.schema.json"), root.resolve("jobs/job.schema.json"));
            Files.writeString(
                    Files.createDirectories(root.resolve("jobs/sample")).resolve("sample.yaml"), """
                    name: sample
                    description: has a label
                    owner: tests
                    tier: BATCH
                    jobTimeout: 30m
                    parameters:
                      - {name: label, type: string, required: true, description: what tells instances apart}
                      - {name: more, type: string, default: "ü, =", identifying: false, description: anything}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @EnableAutoConfiguration
    @ComponentScan({"dev.sluice.ledger", "dev.sluice.launch", "dev.sluice.jobs.retention"})
    static class Jobs {

        @Bean
        AtomicInteger bodies() {
            return new AtomicInteger();
        }

        @Bean
        Job sample(JobRepository repository, PlatformTransactionManager transactions, AtomicInteger bodies) {
            var work = new StepBuilder("work", repository)
                    .tasklet(
                            (contribution, chunk) -> {
                                bodies.incrementAndGet();
                                Object label = chunk.getStepContext()
                                        .getJobParameters()
                                        .get("label");
                                if (String.valueOf(label).startsWith("bad")) {
                                    throw new IllegalStateException("as it should");
                                }
                                return RepeatStatus.FINISHED;
                            },
                            transactions)
                    .build();
            return new JobBuilder("sample", repository).start(work).build();
        }
    }

    /** Whatever leaves the process passes by the death switch of its present life. */
    private final class Mortality implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof LedgerDatabase ledger) {
                return new LedgerDatabase(new SwitchingDataSource(ledger.dataSource(), () -> death));
            }
            return bean instanceof DataSource dataSource ? new SwitchingDataSource(dataSource, () -> death) : bean;
        }
    }

    LaunchOutcome start(String job, Map<String, String> arguments) {
        return Life.within(() -> launcher().start(job, arguments, Path.of("."), NOBODY));
    }

    /**
     * A purge that dies at a moment, if it comes to that.
     *
     * @return how many moments it had
     */
    long live(long fatal, Map<String, String> arguments) {
        death = new DeathSwitch(fatal);
        try {
            start("purge", arguments);
        } catch (DeathSwitch.ProcessDeath expected) {
            assertThat(death.isDead()).isTrue();
        }
        long moments = death.count();
        death = new DeathSwitch(0);
        // the owner is this very process, which lives; that it is dead is known to the test alone
        repository
                .sql("UPDATE SLUICE_LEASE SET EXPIRES_AT = TIMESTAMP WITH TIME ZONE '2000-01-01 00:00:00Z'"
                        + " WHERE NOT RELEASED AND JOB_NAME = 'purge'")
                .update();
        return moments;
    }

    /** A purge that has to succeed. */
    Run purge(String... arguments) {
        LaunchOutcome outcome = start("purge", words(arguments));
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(ExitCode.COMPLETED);
        return show(outcome.runId());
    }

    static Map<String, String> words(String... arguments) {
        Map<String, String> words = new HashMap<>();
        for (String argument : arguments) {
            words.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
        }
        return words;
    }

    long sample(String label) {
        return start("sample", Map.of("label", label)).runId();
    }

    /** A run that ended so many days ago, with its effects. */
    long sample(String label, int days) {
        long run = sample(label);
        age(run, days);
        return run;
    }

    void age(long run, int days) {
        for (String table : List.of("BATCH_JOB_EXECUTION", "BATCH_STEP_EXECUTION")) {
            for (String column : List.of("CREATE_TIME", "START_TIME", "END_TIME")) {
                repository
                        .sql("UPDATE %s SET %s = %s - INTERVAL '%d' DAY WHERE JOB_EXECUTION_ID = ?"
                                .formatted(table, column, column, days))
                        .param(run)
                        .update();
            }
        }
    }

    /** A run claims content and does not say that it is published. */
    void claim(long run) {
        repository
                .sql(
                        "INSERT INTO SLUICE_PUBLICATION (CONTENT, DESTINATION, DIGEST, JOB_NAME, JOB_KEY, GENERATION, RUN_ID,"
                                + " PUBLISHED, CLAIMED_AT) SELECT ?, 't', 'd', JOB_NAME, JOB_KEY, 1, ?, FALSE, CURRENT_TIMESTAMP"
                                + " FROM SLUICE_LEASE WHERE RUN_ID = ?")
                .params("content-" + run, run, run)
                .update();
    }

    long claims(long run) {
        return repository
                .sql("SELECT COUNT(*) FROM SLUICE_PUBLICATION WHERE RUN_ID = ?")
                .param(run)
                .query(Long.class)
                .single();
    }

    /** An effect of a run's instance and a row that it set aside. */
    void effect(long run, String state) {
        repository
                .sql(
                        "INSERT INTO SLUICE_INTENT (EFFECT, ATTEMPT, BIGQUERY_JOB_ID, JOB_NAME, JOB_KEY, GENERATION, RUN_ID,"
                                + " STEP, UNIT_RANGE, UNIT_DIGEST, KIND, DESTINATION, STATE, DECLARED_AT)"
                                + " SELECT ?, 1, 'b', JOB_NAME, JOB_KEY, 1, ?, 'work', 'all', 'd', 'query', 't', ?,"
                                + " CURRENT_TIMESTAMP FROM SLUICE_LEASE WHERE RUN_ID = ?")
                .params("effect-" + run, run, state, run)
                .update();
        repository
                .sql("INSERT INTO SLUICE_DEAD_LETTER (JOB_NAME, JOB_KEY, GENERATION, LINE, RUN_ID, REASON, DIGEST)"
                        + " SELECT JOB_NAME, JOB_KEY, 1, 1, ?, 'r', 'd' FROM SLUICE_LEASE WHERE RUN_ID = ?")
                .params(run, run)
                .update();
    }

    Launcher launcher() {
        return context.getBean(Launcher.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Run show(long run) {
        return history.find(run).orElseThrow();
    }

    int bodies() {
        return context.getBean(AtomicInteger.class).get();
    }

    JdbcClient repository() {
        return repository;
    }

    long count(String table) {
        return repository.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
    }

    /** Labels of the instances that are there. */
    List<String> labels() {
        return repository
                .sql("SELECT DISTINCT PARAMETER_VALUE FROM BATCH_JOB_EXECUTION_PARAMS WHERE PARAMETER_NAME = 'label'"
                        + " ORDER BY 1")
                .query(String.class)
                .list();
    }

    @Override
    public void close() {
        context.close();
    }
}
