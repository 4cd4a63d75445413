package dev.sluice.cli;

import dev.sluice.runs.Tick;
import dev.sluice.runs.TickFilter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists ticks. */
@Command(
        name = "ticks",
        description = "List what became of every tick of the schedules, the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice ticks", "  sluice ticks --job purge --state MISSED", "  sluice ticks --limit 5 --json"})
final class TicksCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Option(names = "--job", paramLabel = "<job>", description = "Only ticks of this job.")
    private @Nullable String job;

    @Option(
            names = "--state",
            paramLabel = "<state>",
            description = "Only ticks in this state: DUE, QUEUED, CLAIMED, LAUNCHED, SKIPPED, MISSED, REFUSED.")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "<n>", defaultValue = "20", description = "At most so many (default 20).")
    private int limit;

    TicksCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        try (Repository repository = Repository.open(options)) {
            List<Tick> ticks = repository.ticks().list(new TickFilter(job, state, Math.max(1, limit)));
            var output = new Output(spec.commandLine().getOut());
            if (options.json()) {
                output.json(ticks);
            } else if (ticks.isEmpty()) {
                output.line("no ticks");
            } else {
                output.table(
                        List.of("JOB", "TICK", "STATE", "RUN", "ENDED", "REASON"),
                        ticks.stream().map(TicksCommand::row).toList());
            }
            return 0;
        }
    }

    private static List<String> row(Tick tick) {
        Instant ended = tick.ended();
        return List.of(
                tick.job(),
                tick.tick().toString(),
                tick.state(),
                tick.run() == null ? "-" : String.valueOf(tick.run()),
                ended == null ? "-" : ended.toString(),
                Objects.requireNonNullElse(tick.reason(), ""));
    }
}
