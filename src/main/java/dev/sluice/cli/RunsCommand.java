package dev.sluice.cli;

import dev.sluice.runs.Run;
import dev.sluice.runs.RunFilter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists runs. */
@Command(
        name = "runs",
        description = "List runs, the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice runs", "  sluice runs --job bulk-insert --status FAILED --limit 5", "  sluice runs --json"})
final class RunsCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Option(names = "--job", paramLabel = "<job>", description = "Only runs of this job.")
    private @Nullable String job;

    @Option(
            names = "--status",
            paramLabel = "<status>",
            description = "Only runs in this status: ${COMPLETION-CANDIDATES}.")
    private @Nullable BatchStatus status;

    @Option(names = "--limit", paramLabel = "<n>", defaultValue = "20", description = "At most so many (default 20).")
    private int limit;

    RunsCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        try (Repository repository = Repository.open(options)) {
            List<Run> runs = repository
                    .history()
                    .list(new RunFilter(job, status == null ? null : status.name(), Math.max(1, limit)));
            var output = new Output(spec.commandLine().getOut());
            if (options.json()) {
                output.json(runs);
            } else if (runs.isEmpty()) {
                output.line("no runs");
            } else {
                output.table(RunText.HEADS, runs.stream().map(RunText::row).toList());
            }
            return 0;
        }
    }
}
