package dev.sluice.cli;

import dev.sluice.definition.YamlJobDefinitions;
import dev.sluice.launch.ExitCode;
import dev.sluice.schedule.Scheduler;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One pass of the scheduler, for an external cron. */
@Command(
        name = "tick",
        description = {
            "Start what the schedules say is due, wait for it, and end: one pass of 'serve', for an external cron.",
            "Exit 0 if every run completed, else the code of the first that did not."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sluice tick", "  * * * * * /opt/sluice/scripts/sluice tick   # in a crontab"})
final class TickCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    TickCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        YamlJobDefinitions.load(options.root());
        List<ExitCode> codes;
        try (Repository repository = Repository.open(options);
                ConfigurableApplicationContext context =
                        JobProcess.application(options, repository).run()) {
            codes = context.getBean(Scheduler.class).runDue();
        }
        report(codes);
        return codes.stream()
                .filter(code -> code != ExitCode.COMPLETED && code != ExitCode.ALREADY_COMPLETED)
                .findFirst()
                .orElse(ExitCode.COMPLETED)
                .number();
    }

    private void report(List<ExitCode> codes) {
        Map<ExitCode, Long> counts = codes.stream()
                .collect(Collectors.groupingBy(
                        code -> code, () -> new EnumMap<>(ExitCode.class), Collectors.counting()));
        var output = new Output(spec.commandLine().getOut());
        if (options.json()) {
            output.json(Map.of("started", codes.size(), "outcomes", counts));
            return;
        }
        output.line(
                codes.isEmpty()
                        ? "nothing is due"
                        : "started %d: %s"
                                .formatted(
                                        codes.size(),
                                        counts.entrySet().stream()
                                                .map(count -> count.getValue() + " " + count.getKey())
                                                .collect(Collectors.joining(", "))));
    }
}
