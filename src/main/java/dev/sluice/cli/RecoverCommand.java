package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Marks a run whose owner died as failed, without resuming it. */
@Command(
        name = "recover",
        description = {
            "Mark a run whose owner died as FAILED, without resuming it; first find out what became of its BigQuery jobs.",
            "A live run is refused (4): on another host, an owner counts as alive until its lease has run out."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sluice recover 12", "  sluice recover 12 --reason 'node 7 is gone'"})
final class RecoverCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RunInstruction given = new RunInstruction();

    RecoverCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        return JobProcess.run(
                options,
                new ProgressOptions(),
                spec.commandLine(),
                (launcher, observer) -> launcher.recover(given.run(), given.instruction()));
    }
}
