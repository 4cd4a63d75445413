package dev.sluice.cli;

import dev.sluice.runs.Run;
import dev.sluice.runs.RunAction;
import dev.sluice.runs.RunBigQueryJob;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs in words. */
final class RunText {

    static final List<String> HEADS =
            List.of("RUN", "JOB", "STATUS", "STARTED", "TOOK", "READ", "INSERTED", "UPDATED", "DELETED", "REJECTED");

    private RunText() {}

    static List<String> row(Run run) {
        return List.of(
                String.valueOf(run.run()),
                run.job(),
                status(run),
                time(run.started()),
                took(run),
                number(run.rowsRead()),
                number(run.rowsInserted()),
                number(run.rowsUpdated()),
                number(run.rowsDeleted()),
                number(run.rowsRejected()));
    }

    static void print(Run run, Output output) {
        output.line("run %d: %s, %s".formatted(run.run(), run.job(), status(run)));
        if (run.ownerDied()) {
            output.line("  its owner died; start or 'restart %d' resumes it".formatted(run.run()));
        }
        if (run.purged() != null) {
            output.line("  purged    %s: this is what is kept of it".formatted(time(run.purged())));
        }
        if (run.failure() != null) {
            output.line("  failure   " + run.failure());
        }
        output.line("  instance  " + run.instance() + (run.generation() > 1 ? ", generation " + run.generation() : ""));
        output.line("  started   " + time(run.started()) + ", took " + took(run));
        run.parameters().forEach((name, value) -> output.line("  %s=%s".formatted(name, value)));
        if (!run.steps().isEmpty()) {
            output.table(
                    List.of("STEP", "STATUS", "READ", "WRITTEN"),
                    run.steps().stream()
                            .map(step ->
                                    List.of(step.name(), step.status(), number(step.read()), number(step.written())))
                            .toList());
        }
        if (!run.bigQueryJobs().isEmpty()) {
            output.table(
                    List.of("BIGQUERY JOB", "TYPE", "STATE", "ROWS", "BYTES", "BILLED", "USD"),
                    run.bigQueryJobs().stream().map(RunText::bigQueryJob).toList());
        }
        ReceiptText.print(run, output);
        run.actions().forEach(action -> output.line(action(action)));
    }

    private static String action(RunAction action) {
        String end = action.after() == null ? "never ended" : action.after();
        String why = action.why() == null ? "" : ", because: " + action.why();
        return "%s: %s by %s, %s -> %s%s"
                .formatted(time(action.at()), action.verb(), action.who(), action.before(), end, why);
    }

    private static List<String> bigQueryJob(RunBigQueryJob job) {
        return List.of(
                job.id(),
                job.type(),
                job.state(),
                number(job.rows()),
                number(job.bytesProcessed()),
                number(job.bytesBilled()),
                job.costUsd() == null ? "-" : job.costUsd().toPlainString());
    }

    private static String status(Run run) {
        if (run.ownerDied()) {
            return run.status() + " (owner died)";
        }
        return run.stopping() ? run.status() + " (stopping, still alive)" : run.status();
    }

    static String number(@Nullable Long value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%,d", value);
    }

    static String time(@Nullable Instant time) {
        return time == null ? "-" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String took(Run run) {
        Instant started = run.started();
        Instant ended = run.ended();
        if (started == null || ended == null) {
            return "-";
        }
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(started, ended).toMillis() / 1000.0);
    }
}
