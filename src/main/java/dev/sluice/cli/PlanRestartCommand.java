package dev.sluice.cli;

import dev.sluice.launch.Launcher;
import dev.sluice.launch.RestartPlan;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a restart would do. */
@Command(
        name = "restart",
        description = {
            "Say which steps a restart would run, and what becomes of each BigQuery job that was intended:",
            "keep (done, not sent again), adopt (had happened unnoticed), await (is running), send again (same id),",
            "send anew (next attempt), refuse (the id stands for something else). Changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sluice plan restart 12", "  sluice plan restart 12 --json"})
final class PlanRestartCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "<run>", description = "The number that 'start' printed and 'runs' lists.")
    private long run;

    PlanRestartCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        RestartPlan plan = JobProcess.ask(options, Launcher.class, launcher -> launcher.planRestart(run));
        var output = new Output(spec.commandLine().getOut());
        if (options.json()) {
            output.json(plan);
        } else if (plan.exitCode() == 0) {
            print(plan, output);
        }
        var messages = new Output(spec.commandLine().getErr());
        plan.messages().forEach(messages::line);
        return plan.exitCode();
    }

    private static void print(RestartPlan plan, Output output) {
        output.table(
                List.of("STEP", "STATUS", "PLAN", "READ", "WRITTEN"),
                plan.steps().stream()
                        .map(step -> List.of(
                                step.name(),
                                step.status() == null ? "-" : step.status(),
                                step.plan(),
                                RunText.number(step.read()),
                                RunText.number(step.written())))
                        .toList());
        if (plan.bigQueryJobs().isEmpty()) {
            output.line("no BigQuery job was intended yet");
            return;
        }
        output.table(
                List.of("BIGQUERY JOB", "STEP", "TYPE", "STATE", "PLAN"),
                plan.bigQueryJobs().stream()
                        .map(job -> List.of(job.id(), job.step(), job.type(), job.state(), job.plan()))
                        .toList());
    }
}
