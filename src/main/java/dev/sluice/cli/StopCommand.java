package dev.sluice.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a run to stop. */
@Command(
        name = "stop",
        description = {
            "Ask a running run to stop, and wait until its owner has let go.",
            "What it is in the middle of ends first; BigQuery jobs that may be cancelled are. Exit code 0: it is stopped,",
            "3: it completed first, 4: it is still on its way."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sluice stop 12", "  sluice stop 12 --wait 10m --reason 'wrong file'"})
final class StopCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RunInstruction given = new RunInstruction();

    @Option(
            names = "--wait",
            paramLabel = "<time>",
            defaultValue = "60s",
            converter = DurationWords.class,
            description = "How long to wait for it, for example 10m (default 60s).")
    private Duration wait = Duration.ofSeconds(60);

    StopCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        var news = new Output(spec.commandLine().getErr());
        return JobProcess.run(
                options,
                new ProgressOptions(),
                spec.commandLine(),
                (launcher, observer) -> launcher.stop(given.run(), given.instruction(), wait, news::line));
    }
}
