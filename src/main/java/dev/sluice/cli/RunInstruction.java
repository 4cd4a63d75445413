package dev.sluice.cli;

import dev.sluice.launch.Instruction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which run, and why. */
final class RunInstruction {

    @Parameters(paramLabel = "<run>", description = "The number that 'start' printed and 'runs' lists.")
    private long run;

    @Option(names = "--reason", paramLabel = "<why>", description = "Why; kept with the run, and required by rerun.")
    private @Nullable String reason;

    long run() {
        return run;
    }

    /** By whoever runs this process. */
    Instruction instruction() {
        return Instruction.ofThisUser(reason);
    }
}
