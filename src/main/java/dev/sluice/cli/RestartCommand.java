package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Resumes a run that did not complete. */
@Command(
        name = "restart",
        description = "Resume a run that did not complete, with its own parameters.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice restart 12", "  sluice restart 12 --progress-interval 10"})
final class RestartCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Mixin
    private final ProgressOptions progress = new ProgressOptions();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "<run>", description = "The number that 'start' printed and 'runs' lists.")
    private long run;

    RestartCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        return JobProcess.run(
                options, progress, spec.commandLine(), (launcher, observer) -> launcher.restart(run, observer));
    }
}
