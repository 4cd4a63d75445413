package dev.sluice.jobs.retention;

import dev.sluice.ledger.Fence;
import dev.sluice.ledger.Fences;
import dev.sluice.ledger.InstanceKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.springframework.batch.core.job.JobExecution;

/** Decides what a purge removes, once, and tells it to its steps. All within the calling thread's transaction. */
final class Purges {

    /** BigQuery forgets its jobs after so long: from then on an intent can tell nothing that could be looked up. */
    private static final Duration EFFECTS_KEPT = Duration.ofDays(180);

    private final PurgeStatements statements;
    private final Fences fences;
    private final Path home;
    private final ZoneId zone;

    /**
     * @param home where lists of dry runs go, below {@code purge}
     * @param zone in which Spring Batch writes times
     */
    Purges(PurgeStatements statements, Fences fences, Path home, ZoneId zone) {
        this.statements = statements;
        this.fences = fences;
        this.home = home;
        this.zone = zone;
    }

    /** For a first run: what ended long enough ago by the database's clock. A restart keeps to it. */
    void begin(JobExecution run) {
        InstanceKey instance = instance(run);
        int resumed = statements
                .of("retention/resume.sql")
                .params(Purge.named(instance))
                .param("run", run.getId())
                .update();
        if (resumed == 0) {
            decide(run, instance, PurgeParameters.of(run.getJobParameters()));
        }
    }

    private void decide(JobExecution run, InstanceKey instance, PurgeParameters parameters) {
        OffsetDateTime now = statements
                .of("retention/now.sql")
                .query((row, number) -> row.getObject(1, OffsetDateTime.class))
                .single();
        Duration effects = parameters.age().compareTo(EFFECTS_KEPT) > 0 ? parameters.age() : EFFECTS_KEPT;
        statements
                .of("retention/begin.sql")
                .params(Purge.named(instance))
                .param("run", run.getId())
                .param("runsBefore", local(now.minus(parameters.age())))
                .param("effectsBefore", local(now.minus(effects)))
                .param("dryRun", parameters.dryRun())
                .param("list", parameters.dryRun() ? listOf(run).toString() : null)
                .update();
        for (PurgedTable table : PurgedTable.values()) {
            statements
                    .of("retention/begin-count.sql")
                    .params(Purge.named(instance))
                    .param("table", table.name())
                    .update();
        }
    }

    private Path listOf(JobExecution run) {
        return home.resolve("purge")
                .resolve("run-%d.txt".formatted(run.getId()))
                .toAbsolutePath();
    }

    private LocalDateTime local(OffsetDateTime time) {
        return time.atZoneSameInstant(zone).toLocalDateTime();
    }

    /** What was begun. */
    Purge of(JobExecution run) {
        InstanceKey instance = instance(run);
        return statements
                .of("retention/read.sql")
                .params(Purge.named(instance))
                .query((row, number) -> new Purge(
                        instance,
                        fences.of(instance),
                        run.getId(),
                        row.getObject("RUNS_BEFORE", LocalDateTime.class),
                        row.getObject("EFFECTS_BEFORE", LocalDateTime.class),
                        row.getBoolean("DRY_RUN") ? Path.of(row.getString("LIST_FILE")) : null,
                        PurgeParameters.of(run.getJobParameters()).blockSize()))
                .single();
    }

    Fence fence(JobExecution run) {
        return fences.of(instance(run));
    }

    void count(Purge purge, PurgedTable table, long rows) {
        if (rows > 0) {
            statements
                    .of("retention/count.sql")
                    .params(Purge.named(purge.instance()))
                    .params(Map.of("table", table.name(), "rows", rows))
                    .update();
        }
    }

    private static InstanceKey instance(JobExecution run) {
        return InstanceKey.of(run.getJobInstance().getJobName(), run.getJobParameters());
    }
}
