package dev.sluice.cli;

import dev.sluice.launch.ExitCode;
import dev.sluice.launch.Instruction;
import dev.sluice.runs.Run;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads what a run set aside, once it is mended, as a run of its own. */
@Command(
        name = "redrive",
        description = {
            "Load the rows that a completed run set aside, once they are mended, as a run of its own.",
            "Mend the reject file that 'show' names, or a copy of it; what is loaded is the file as it is now."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sluice show 12", "  sluice redrive 12", "  sluice redrive 12 --file mended.ndjson"})
final class RedriveCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Mixin
    private final ProgressOptions progress = new ProgressOptions();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "<run>", description = "The number that 'start' printed and 'runs' lists.")
    private long run;

    @Option(
            names = "--file",
            paramLabel = "<file>",
            description = "The mended rows, if they are not in the run's reject file; CSV with its header.")
    private @Nullable Path file;

    @Option(names = "--reason", paramLabel = "<why>", description = "Why; kept with the run.")
    private @Nullable String reason;

    RedriveCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        Run rejecting;
        try (Repository repository = Repository.open(options)) {
            rejecting = repository
                    .history()
                    .find(run)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.INVALID, "there is no run %d; 'sluice runs' lists them".formatted(run)));
        }
        Path here = Path.of("").toAbsolutePath();
        var redrive = new Redrive(rejecting, options.homePath().toAbsolutePath().resolve("rejects"));
        Map<String, String> arguments = redrive.arguments(file == null ? null : here.resolve(file));
        return JobProcess.run(
                options,
                progress,
                spec.commandLine(),
                (launcher, observer) ->
                        launcher.redrive(run, arguments, here, Instruction.ofThisUser(reason), observer));
    }
}
