package dev.sluice.cli;

import dev.sluice.runs.Run;
import dev.sluice.runs.RunBigQueryJob;
import dev.sluice.runs.RunPurge;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a run did, in words. */
final class ReceiptText {

    private ReceiptText() {}

    static void print(Run run, Output output) {
        RunPurge purge = run.purge();
        if (purge != null) {
            print(purge, output);
            return;
        }
        printRows(run, output);
        output.line("BigQuery jobs: %d, %s bytes processed, %s billed, %s USD at list price; took %s"
                .formatted(
                        run.bigQueryJobs().size(),
                        RunText.number(sum(run, RunBigQueryJob::bytesProcessed)),
                        RunText.number(sum(run, RunBigQueryJob::bytesBilled)),
                        cost(run),
                        RunText.took(run)));
        if (run.rejectFile() != null) {
            output.line("rejected rows: " + run.rejectFile());
        }
    }

    private static void print(RunPurge purge, Output output) {
        output.line("rows %s, of finished instances that ended before %s:"
                .formatted(purge.dryRun() ? "that would be removed" : "removed", RunText.time(purge.before())));
        output.table(
                List.of("TABLE", "ROWS"),
                purge.rows().stream()
                        .map(removed -> List.of(removed.table(), RunText.number(removed.rows())))
                        .toList());
        if (purge.list() != null && purge.rows().stream().anyMatch(removed -> removed.rows() > 0)) {
            output.line("which instances: " + purge.list());
        }
    }

    private static void printRows(Run run, Output output) {
        if (run.rowsRead() == null) {
            return;
        }
        output.line(
                "rows: %s read = %s rejected + %s staged; staged = %s inserted + %s updated + %s unchanged; %s deleted"
                        .formatted(
                                RunText.number(run.rowsRead()),
                                RunText.number(run.rowsRejected()),
                                RunText.number(run.rowsStaged()),
                                RunText.number(run.rowsInserted()),
                                RunText.number(run.rowsUpdated()),
                                RunText.number(run.rowsUnchanged()),
                                RunText.number(run.rowsDeleted())));
        if (run.rowsStaged() != null && run.rowsStaged() == 0) {
            output.line(
                    run.rowsRead() == 0
                            ? "the source holds no rows: the table is as it was"
                            : "every row was rejected: the table is as it was");
        }
    }

    private static long sum(Run run, Function<RunBigQueryJob, @Nullable Long> bytes) {
        long sum = 0;
        for (RunBigQueryJob job : run.bigQueryJobs()) {
            Long some = bytes.apply(job);
            sum += some == null ? 0 : some;
        }
        return sum;
    }

    private static String cost(Run run) {
        return run.bigQueryJobs().stream()
                .map(RunBigQueryJob::costUsd)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toPlainString();
    }
}
