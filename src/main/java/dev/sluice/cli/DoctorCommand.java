package dev.sluice.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks whether everything that a run needs is there. */
@Command(
        name = "doctor",
        description = "Check Java, home folder, home server, repository and disk; exit 0 or 8.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice doctor", "  sluice doctor --json"})
final class DoctorCommand implements Callable<Integer> {

    private static final int UNHEALTHY = 8;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    DoctorCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        List<Finding> findings = new Checkup(options).findings();
        var output = new Output(spec.commandLine().getOut());
        if (options.json()) {
            output.json(findings);
        } else {
            findings.forEach(finding ->
                    output.line("%-4s  %s: %s".formatted(finding.verdict(), finding.subject(), finding.message())));
        }
        return findings.stream().anyMatch(finding -> "fail".equals(finding.verdict())) ? UNHEALTHY : 0;
    }
}
