package dev.sluice.cli;

import dev.sluice.definition.JobDefinition;
import dev.sluice.definition.JobParameterDefinition;
import dev.sluice.definition.YamlJobDefinitions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what can be started. */
@Command(
        name = "jobs",
        description = "List the jobs and their parameters.",
        footerHeading = "%nExamples:%n",
        footer = {"  sluice jobs", "  sluice jobs --json"})
final class JobsCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    JobsCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        List<JobDefinition> jobs = YamlJobDefinitions.load(options.root()).all();
        var output = new Output(spec.commandLine().getOut());
        if (options.json()) {
            output.json(jobs);
            return 0;
        }
        output.table(
                List.of("JOB", "PARAMETERS", "DESCRIPTION"),
                jobs.stream()
                        .map(job -> List.of(job.name(), parameters(job), job.description()))
                        .toList());
        return 0;
    }

    private static String parameters(JobDefinition job) {
        return job.parameters().stream().map(JobsCommand::form).collect(Collectors.joining(" "));
    }

    private static String form(JobParameterDefinition parameter) {
        String form = parameter.name() + "=…";
        return parameter.required() ? form : "[" + form + "]";
    }
}
