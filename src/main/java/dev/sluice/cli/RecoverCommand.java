package dev.sluice.cli;

import dev.sluice.launch.Instruction;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import picocli.CommandLine.Command;

/** Marks a run whose owner died as failed, without resuming it. */
@Command(
        name = "recover",
        description = {
            "Mark a run whose owner died as FAILED, without resuming it; first find out what became of its BigQuery jobs.",
            "A live run is refused (4): on another host, an owner counts as alive until its lease has run out."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sluice recover 12", "  sluice recover 12 --reason 'node 7 is gone'"})
final class RecoverCommand extends RunVerb {

    @Override
    LaunchOutcome act(Launcher launcher, long run, Instruction by, LaunchObserver observer) {
        return launcher.recover(run, by);
    }
}
