package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.Deadline;
import dev.sluice.bigquery.Effect;
import dev.sluice.bigquery.FileLoad;
import dev.sluice.bigquery.LoadFormat;
import dev.sluice.bigquery.LoadRequest;
import dev.sluice.bigquery.QueryRows;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.ledger.EffectReceipt;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Does something once, immediately before or after a statement is run: after all that was looked at before it. */
final class OtherWriter implements BeanPostProcessor {

    private final AtomicReference<Interruption> next = new AtomicReference<>(new Interruption("", () -> {}));

    /** In which formats each run sent its units. */
    private final Map<Long, List<LoadFormat>> sent = new ConcurrentHashMap<>();

    private record Interruption(String statement, Runnable action) {}

    /** @param statement its file in {@code sql/}, or {@code load}; {@code loaded} is after a whole file */
    void before(String statement, Runnable action) {
        next.set(new Interruption(statement, action));
    }

    void after(String statement, Runnable action) {
        before("after " + statement, action);
    }

    List<LoadFormat> sent(long run) {
        return sent.getOrDefault(run, List.of());
    }

    private void interrupt(String statement) {
        Interruption interruption = next.get();
        if (interruption.statement().equals(statement)
                && next.compareAndSet(interruption, new Interruption("", () -> {}))) {
            interruption.action().run();
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof BigQueryJobs jobs ? new Interrupted(jobs) : bean;
    }

    private final class Interrupted implements BigQueryJobs {

        private final BigQueryJobs jobs;

        Interrupted(BigQueryJobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public EffectReceipt load(Effect effect, LoadRequest request) {
            interrupt("load");
            sent.computeIfAbsent(effect.runId(), run -> new CopyOnWriteArrayList<>())
                    .add(request.format());
            return jobs.load(effect, request);
        }

        @Override
        public EffectReceipt load(Effect effect, FileLoad request) {
            interrupt("load");
            EffectReceipt receipt = jobs.load(effect, request);
            interrupt("loaded");
            return receipt;
        }

        @Override
        public EffectReceipt execute(Effect effect, SqlStatement statement) {
            interrupt(statement.name());
            EffectReceipt receipt = jobs.execute(effect, statement);
            interrupt("after " + statement.name());
            return receipt;
        }

        @Override
        public QueryRows query(SqlStatement statement, Deadline deadline) {
            interrupt(statement.name());
            return jobs.query(statement, deadline);
        }
    }
}
