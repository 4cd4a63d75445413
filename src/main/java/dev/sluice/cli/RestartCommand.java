package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Resumes a run. */
@Command(
        name = "restart",
        description = "Resume a run that failed or stopped, with its own parameters.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice restart 12", "  sluice restart 12 --reason 'quota is back'"})
final class RestartCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Mixin
    private final ProgressOptions progress = new ProgressOptions();

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RunInstruction given = new RunInstruction();

    RestartCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        return JobProcess.run(
                options,
                progress,
                spec.commandLine(),
                (launcher, observer) -> launcher.restart(given.run(), given.instruction(), observer));
    }
}
