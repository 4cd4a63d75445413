package dev.sluice.cli;

import dev.sluice.definition.YamlJobDefinitions;
import dev.sluice.schedule.SchedulerLoop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the scheduler in the foreground. */
@Command(
        name = "serve",
        description = {
            "Start jobs by their schedules until SIGTERM; any number of nodes may share a repository.",
            "Prints one line when it is ready. On SIGTERM it starts nothing more, lets running chunks end, and ends."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sluice serve", "  sluice serve --port 0", "  curl http://127.0.0.1:9464/metrics"})
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "<port>",
            description = "Loopback port of /metrics and /health; 0 for any (default ${DEFAULT-VALUE}).",
            defaultValue = "9464")
    private int port;

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    ServeCommand() {
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        long schedules = YamlJobDefinitions.load(options.root()).all().stream()
                .filter(job -> job.schedule() != null)
                .count();
        Runtime.getRuntime().addShutdownHook(new Thread(this::endOnSignal, "end-serve"));
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Repository repository = Repository.open(options);
                ConfigurableApplicationContext context = JobProcess.application(options, repository)
                        // it would close the context under the runs that are to end first
                        .registerShutdownHook(false)
                        .initializers(made ->
                                made.getBeanFactory().registerSingleton("meterRegistry", (MeterRegistry) registry))
                        .run()) {
            return serve(context.getBean(SchedulerLoop.class), registry, schedules);
        } finally {
            ended.countDown();
        }
    }

    private int serve(SchedulerLoop loop, PrometheusMeterRegistry registry, long schedules)
            throws InterruptedException {
        var output = new Output(spec.commandLine().getOut());
        try (var endpoint = MetricsEndpoint.open(port, registry::scrape, loop::isHealthy)) {
            loop.start();
            output.line("serving %d %s; %s/metrics and /health"
                    .formatted(schedules, schedules == 1 ? "schedule" : "schedules", endpoint.address()));
            awaitEnd();
            output.line("ending: nothing more is started, running chunks may end");
            boolean ended = loop.end();
            output.line(ended ? "ended" : "ended; runs that did not come to an end are resumed by other nodes");
            return 0;
        }
    }

    /** An interrupt means the same as the signal, for whoever runs the command within a program. */
    private void awaitEnd() {
        try {
            told.await();
        } catch (InterruptedException e) {
            // it ends now
        }
    }

    private void endOnSignal() {
        told.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // an orderly end is a success, whatever told us to
        Runtime.getRuntime().halt(0);
    }
}
