package dev.sluice.cli;

import dev.sluice.launch.Instruction;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Resumes a run. */
@Command(
        name = "restart",
        description = "Resume a run that failed or stopped, with its own parameters.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice restart 12", "  sluice restart 12 --reason 'quota is back'"})
final class RestartCommand extends RunVerb {

    @Mixin
    private final ProgressOptions progress = new ProgressOptions();

    @Override
    LaunchOutcome act(Launcher launcher, long run, Instruction by, LaunchObserver observer) {
        return launcher.restart(run, by, observer);
    }

    @Override
    ProgressOptions progress() {
        return progress;
    }
}
