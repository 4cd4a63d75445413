package dev.sluice.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code sluice}. Exit codes: see {@link dev.sluice.launch.ExitCode}. */
@Command(
        name = "sluice",
        description = "Runs restartable jobs over BigQuery.",
        synopsisSubcommandLabel = "<command>",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice jobs",
            "  sluice start bulk-insert table=llm_model_pricing source=prices.csv",
            "  sluice runs --status FAILED",
            "  sluice restart 12",
            "  sluice queries --since 24h",
            "  sluice serve",
            "",
            "Exit codes: 0 completed, 1 failed, 2 invalid input, 3 already completed,",
            "  4 already running, 5 stopped, 6 deadline exceeded, 7 refused,",
            "  8 repository or service unavailable."
        })
public final class Sluice implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli sets and reads it
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    private Sluice() {
        this.spec = CommandSpec.create();
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(Clock.systemUTC(), arguments).execute(arguments));
    }

    /** @param arguments that it will execute; none for any */
    static CommandLine commandLine(Clock clock, String... arguments) {
        var line = new CommandLine(new Sluice());
        Commands.addTo(line, arguments);
        line.setExecutionExceptionHandler(new Failures(clock));
        line.setParameterExceptionHandler(Failures::explain);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        line.usage(line.getErr());
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }
}
