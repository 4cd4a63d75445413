package dev.sluice.cli;

import dev.sluice.runs.Run;
import dev.sluice.runs.RunFilter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        footer = {
            "  sluice runs",
            "  sluice runs --job bulk-insert --status FAILED --limit 5",
            "  sluice runs --org acme_corp --since 2026-11-26T00:00:00Z --parameter table=org_audit_logs",
            "  sluice runs --json"
        })
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

    @Option(names = "--org", paramLabel = "<org>", description = "Only runs for this organization.")
    private @Nullable String org;

    @Option(
            names = "--parameter",
            paramLabel = "<name=value>",
            description = "Only runs started with this parameter, its whole value; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--since", paramLabel = "<time>", description = "Only runs since then, like 2026-11-26T03:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "<time>", description = "Only runs before then.")
    private @Nullable Instant until;

    @Option(names = "--before", paramLabel = "<run>", description = "Only runs with lower numbers: the next page.")
    private @Nullable Long before;

    @Option(names = "--limit", paramLabel = "<n>", defaultValue = "20", description = "At most so many (default 20).")
    private int limit;

    RunsCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        try (Repository repository = Repository.open(options)) {
            List<Run> runs = repository.history().list(filter());
            var output = new Output(spec.commandLine().getOut());
            if (options.json()) {
                output.json(runs);
            } else if (runs.isEmpty()) {
                output.line("no runs");
            } else {
                output.table(RunText.HEADS, runs.stream().map(RunText::row).toList());
                sayHowToGoOn(runs, output);
            }
            return 0;
        }
    }

    private RunFilter filter() {
        Map<String, String> wanted = new LinkedHashMap<>(parameters);
        if (org != null) {
            wanted.put("org", org);
        }
        String state = status == null ? null : status.name();
        return new RunFilter(job, state, wanted, since, until, before, Math.max(1, limit));
    }

    private void sayHowToGoOn(List<Run> runs, Output output) {
        if (runs.size() == limit) {
            output.line("for older ones: --before " + runs.get(runs.size() - 1).run());
        }
    }
}
