package dev.sluice.cli;

import dev.sluice.launch.Instruction;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a run to stop. */
@Command(
        name = "stop",
        description = {
            "Ask a running run to stop, and wait until its owner has let go.",
            "What it is in the middle of ends first; BigQuery jobs that may be cancelled are. Exit code 0: it is stopped,",
            "3: it completed first, 4: it is still on its way."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sluice stop 12", "  sluice stop 12 --wait 10m --reason 'wrong file'"})
final class StopCommand extends RunVerb {

    @Option(
            names = "--wait",
            paramLabel = "<time>",
            defaultValue = "60s",
            converter = DurationWords.class,
            description = "How long to wait for it, for example 10m (default 60s).")
    private Duration wait = Duration.ofSeconds(60);

    @Override
    LaunchOutcome act(Launcher launcher, long run, Instruction by, LaunchObserver observer) {
        return launcher.stop(run, by, wait, this::tell);
    }
}
