package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gives a run up for good. */
@Command(
        name = "abandon",
        description = "Make sure that nobody resumes a run that did not complete.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice abandon 12", "  sluice abandon 12 --reason 'the source was wrong'"})
final class AbandonCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RunInstruction given = new RunInstruction();

    AbandonCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        return JobProcess.run(
                options,
                new ProgressOptions(),
                spec.commandLine(),
                (launcher, observer) -> launcher.abandon(given.run(), given.instruction()));
    }
}
