package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says beforehand what would be done. */
@Command(
        name = "plan",
        description = "Say what would be done, and do nothing.",
        subcommands = PlanRestartCommand.class,
        synopsisSubcommandLabel = "restart",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice plan restart 12"})
final class PlanCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli sets and reads it
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    PlanCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        line.usage(line.getErr());
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }
}
