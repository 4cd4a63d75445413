package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Job;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.TableId;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Intents;
import dev.sluice.ledger.QueryRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The door as a job process wires it, before a BigQuery of anybody's, and one dataset of it that is thrown away. */
final class SmokeTarget implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(120);

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Project project;
    private final String dataset;
    final List<ObservedJob> observed = new CopyOnWriteArrayList<>();
    final IntentsInMemory intents = new IntentsInMemory();
    private final AtomicInteger submitted = new AtomicInteger();

    /** @param settings of the door; what a query may bill is added */
    SmokeTarget(Map<String, Object> settings, String dataset) {
        this.dataset = dataset;
        var sources = context.getEnvironment().getPropertySources();
        sources.addFirst(new MapPropertySource("target", settings));
        sources.addFirst(new MapPropertySource(
                "cap",
                Map.of(
                        "sluice.bigquery.maximum-bytes-billed.batch", "100MB",
                        "sluice.bigquery.maximum-bytes-billed.user", "100MB",
                        "sluice.bigquery.maximum-bytes-billed.auth", "1MB")));
        context.registerBean(Intents.class, () -> intents);
        context.registerBean(QueryRecords.class, Contender.Forgetful::new);
        context.registerBean("smokeObserver", JobObserver.class, () -> observed::add, bean -> bean.setPrimary(true));
        context.scan("dev.sluice.bigquery");
        context.refresh();
        project = context.getBean(Project.class);
    }

    BigQueryJobs jobs() {
        return context.getBean(BigQueryJobs.class);
    }

    BigQueryTables tables() {
        return context.getBean(BigQueryTables.class);
    }

    BigQueryResults results() {
        return context.getBean(BigQueryResults.class);
    }

    DatasetId dataset() {
        return DatasetId.of(project.id(), dataset);
    }

    TableId table(String name) {
        return TableId.of(project.id(), dataset, name);
    }

    Deadline within(Tier tier, Duration limit) {
        return context.getBean(Deadlines.class).start(tier, limit);
    }

    Deadline deadline() {
        return within(Tier.USER, LIMIT);
    }

    /** A statement in which {@code $} stands for the dataset. */
    SqlStatement sql(String text) {
        return new SqlStatement(
                "smoke/check.sql", text.replace("$", "`%s`.%s".formatted(project.id(), dataset)), Map.of());
    }

    /** @param name of the effect, and with the dataset its identity */
    Effect effect(String name) {
        var key = new EffectKey(new InstanceKey("smoke", dataset, 1), name, "all", "0123abcd");
        return new Effect(key, 1, DoorUnderTest.effect(LIMIT).fence(), Tier.BATCH, LIMIT, true, null);
    }

    LoadRequest rows(String table, String content, long rows) {
        return new LoadRequest(
                table(table),
                DoorUnderTest.SCHEMA,
                LoadFormat.NDJSON,
                rows,
                DoorUnderTest.content(content.getBytes(StandardCharsets.UTF_8)));
    }

    Optional<Job> job(String id) {
        return context.getBean(RunningJobs.class).glance(id);
    }

    /**
     * Begins a query that nobody waits for.
     *
     * @param limit after which BigQuery itself stops it
     */
    String submit(String text, Duration limit) {
        JobResources resources = BigQueryWiring.resources(project, context.getBean(BigQueryProperties.class));
        String id = dataset + "-" + submitted.incrementAndGet();
        Job job = resources.query(id, sql(text), within(Tier.USER, limit));
        context.getBean(RemoteCalls.class)
                .call(
                        new Purpose(CallKind.SUBMIT_QUERY, "submit", id),
                        deadline(),
                        () -> context.getBean(Bigquery.class)
                                .jobs()
                                .insert(project.id(), job)
                                .execute());
        return id;
    }

    void cancel(String id) {
        context.getBean(RunningJobs.class).cancelLater(id);
    }

    /** Waits for a job that fails. */
    String errorOf(String id) {
        RunningJobs jobs = context.getBean(RunningJobs.class);
        Deadline deadline = deadline();
        Job there = jobs.find(id, deadline).orElseThrow();
        return jobs.await(id, there, deadline, () -> {})
                .getStatus()
                .getErrorResult()
                .getReason();
    }

    /** Bytes that all jobs so far were billed for. */
    long billed() {
        return observed.stream()
                .map(job -> job.asked().get().bytesBilled())
                .mapToLong(bytes -> bytes == null ? 0 : bytes)
                .sum();
    }

    void removeDataset() {
        Bigquery bigquery = context.getBean(Bigquery.class);
        context.getBean(RemoteCalls.class)
                .attempt(new Purpose(CallKind.DROP_TABLE, "remove dataset " + dataset, null), deadline(), () -> {
                    bigquery.datasets()
                            .delete(project.id(), dataset)
                            .setDeleteContents(true)
                            .execute();
                    return dataset;
                });
    }

    @Override
    public void close() {
        try {
            removeDataset();
        } finally {
            context.close();
        }
    }
}
