package dev.sluice.cli;

import dev.sluice.launch.Instruction;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import picocli.CommandLine.Command;

/** Gives a run up for good. */
@Command(
        name = "abandon",
        description = "Make sure that nobody resumes a run that did not complete.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice abandon 12", "  sluice abandon 12 --reason 'the source was wrong'"})
final class AbandonCommand extends RunVerb {

    @Override
    LaunchOutcome act(Launcher launcher, long run, Instruction by, LaunchObserver observer) {
        return launcher.abandon(run, by);
    }
}
