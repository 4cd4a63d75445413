package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Marks a run whose owner died as failed, without resuming it. */
@Command(
        name = "recover",
        description = "Mark a run whose owner died as FAILED, without resuming it.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice recover 12"})
final class RecoverCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "<run>", description = "The number that 'start' printed and 'runs' lists.")
    private long run;

    RecoverCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        return JobProcess.run(
                options, new ProgressOptions(), spec.commandLine(), (launcher, observer) -> launcher.recover(run));
    }
}
