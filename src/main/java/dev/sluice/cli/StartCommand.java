package dev.sluice.cli;

import dev.sluice.definition.JobArguments;
import dev.sluice.definition.JobDefinition;
import dev.sluice.definition.Suggestion;
import dev.sluice.definition.YamlJobDefinitions;
import dev.sluice.launch.ExitCode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a job, or resumes what the same parameters began. */
@Command(
        name = "start",
        description = "Start a job; resumes it if the same parameters began and did not finish.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice start bulk-insert table=llm_model_pricing source=prices.csv",
            "  sluice start bulk-insert table=org_audit_logs source=audit.ndjson --json"
        })
final class StartCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Mixin
    private final ProgressOptions progress = new ProgressOptions();

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "<job>", description = "See 'sluice jobs'.")
    private String job = "";

    @Parameters(index = "1..*", paramLabel = "<name=value>", description = "The job's parameters.")
    private Map<String, String> arguments = new LinkedHashMap<>();

    StartCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        Path here = Path.of("").toAbsolutePath();
        validate(here);
        return JobProcess.run(
                options,
                progress,
                spec.commandLine(),
                (launcher, observer) -> launcher.start(job, arguments, here, observer));
    }

    /** Before anything is started: a mistyped parameter should cost no time. */
    private void validate(Path here) {
        YamlJobDefinitions jobs = YamlJobDefinitions.load(options.root());
        List<String> names = jobs.all().stream().map(JobDefinition::name).toList();
        JobDefinition definition = jobs.find(job)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.INVALID,
                        "unknown job '%s'%s; jobs: %s"
                                .formatted(job, Suggestion.of(job, names), String.join(", ", names))));
        List<String> problems = JobArguments.of(definition, arguments, here).problems();
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitCode.INVALID, String.join(System.lineSeparator(), problems));
        }
    }
}
