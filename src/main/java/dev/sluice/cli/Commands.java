package dev.sluice.cli;

import java.util.List;
import picocli.CommandLine;

/** The commands of sluice, in the order in which its help tells them. */
final class Commands {

    private record Named(String name, Class<?> command) {}

    private static final List<Named> ALL = List.of(
            new Named("jobs", JobsCommand.class),
            new Named("start", StartCommand.class),
            new Named("restart", RestartCommand.class),
            new Named("stop", StopCommand.class),
            new Named("abandon", AbandonCommand.class),
            new Named("recover", RecoverCommand.class),
            new Named("rerun", RerunCommand.class),
            new Named("redrive", RedriveCommand.class),
            new Named("serve", ServeCommand.class),
            new Named("tick", TickCommand.class),
            new Named("ticks", TicksCommand.class),
            new Named("runs", RunsCommand.class),
            new Named("show", ShowCommand.class),
            new Named("plan", PlanCommand.class),
            new Named("queries", QueriesCommand.class),
            new Named("doctor", DoctorCommand.class),
            new Named("local", LocalCommand.class));

    private Commands() {}

    /**
     * Adds the one that the arguments begin with, or all if they begin with something else: picocli needs longer to learn
     * of all than most of them run.
     */
    static void addTo(CommandLine line, String... arguments) {
        List<Named> wanted = ALL.stream()
                .filter(each -> arguments.length > 0 && arguments[0].equals(each.name))
                .toList();
        for (Named each : wanted.isEmpty() ? ALL : wanted) {
            line.addSubcommand(each.name, each.command);
        }
    }
}
