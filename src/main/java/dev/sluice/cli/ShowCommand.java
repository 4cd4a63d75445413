package dev.sluice.cli;

import dev.sluice.launch.ExitCode;
import dev.sluice.runs.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one run. */
@Command(
        name = "show",
        description = "Show one run: parameters, steps, BigQuery jobs, receipt.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice show 12", "  sluice show 12 --json"})
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "<run>", description = "The number that 'start' printed and 'runs' lists.")
    private long run;

    ShowCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        try (Repository repository = Repository.open(options)) {
            Run found = repository
                    .history()
                    .find(run)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.INVALID, "there is no run %d; 'sluice runs' lists them".formatted(run)));
            var output = new Output(spec.commandLine().getOut());
            if (options.json()) {
                output.json(found);
            } else {
                RunText.print(found, output);
            }
            return 0;
        }
    }
}
