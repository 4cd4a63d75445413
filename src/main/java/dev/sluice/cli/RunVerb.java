package dev.sluice.cli;

import dev.sluice.launch.Instruction;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that does something to a run that is there: which run, why, and what comes of it. */
abstract class RunVerb implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "<run>", description = "The number that 'start' printed and 'runs' lists.")
    private long run;

    @Option(names = "--reason", paramLabel = "<why>", description = "Why; kept with the run, and required by rerun.")
    private @Nullable String reason;

    /** @param by whoever runs this process */
    abstract LaunchOutcome act(Launcher launcher, long run, Instruction by, LaunchObserver observer);

    ProgressOptions progress() {
        return new ProgressOptions();
    }

    /** Tells people what is waited for. */
    final void tell(String news) {
        new Output(spec.commandLine().getErr()).line(news);
    }

    @Override
    public final Integer call() {
        return JobProcess.run(
                options,
                progress(),
                spec.commandLine(),
                (launcher, observer) -> act(launcher, run, Instruction.ofThisUser(reason), observer));
    }
}
