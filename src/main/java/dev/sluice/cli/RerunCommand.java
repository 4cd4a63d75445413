package dev.sluice.cli;

import dev.sluice.launch.Instruction;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Does finished work anew. */
@Command(
        name = "rerun",
        description = "Do the work of a completed or abandoned run anew, as the next generation of its instance.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice rerun 12 --reason 'the table was restored from a backup'"})
final class RerunCommand extends RunVerb {

    @Mixin
    private final ProgressOptions progress = new ProgressOptions();

    @Override
    LaunchOutcome act(Launcher launcher, long run, Instruction by, LaunchObserver observer) {
        return launcher.rerun(run, by, observer);
    }

    @Override
    ProgressOptions progress() {
        return progress;
    }
}
