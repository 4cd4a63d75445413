package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Does finished work anew. */
@Command(
        name = "rerun",
        description = "Do the work of a completed or abandoned run anew, as the next generation of its instance.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice rerun 12 --reason 'the table was restored from a backup'"})
final class RerunCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Mixin
    private final ProgressOptions progress = new ProgressOptions();

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RunInstruction given = new RunInstruction();

    RerunCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        return JobProcess.run(
                options,
                progress,
                spec.commandLine(),
                (launcher, observer) -> launcher.rerun(given.run(), given.instruction(), observer));
    }
}
