package dev.sluice.cli;

import dev.sluice.SluiceApplication;
import dev.sluice.definition.RunProgress;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine;

/** Runs jobs in this process: starts the application context, launches, shows progress, prints the receipt. */
final class JobProcess {

    private JobProcess() {}

    /** What to do with the launcher. */
    interface Launch {
        LaunchOutcome with(Launcher launcher, LaunchObserver observer);
    }

    /** Blocks until the run has ended; answers the exit code. */
    static int run(CommonOptions options, ProgressOptions progress, CommandLine line, Launch launch) {
        var output = new Output(line.getOut());
        var messages = new Output(line.getErr());
        try (Repository repository = Repository.open(options);
                ConfigurableApplicationContext context = start(options, repository)) {
            Output news = options.json() ? messages : output;
            LaunchOutcome outcome;
            try (var display = new ProgressDisplay(
                    context.getBean(RunProgress.class), news, progress.interval(), Clock.systemUTC())) {
                outcome = launch.with(context.getBean(Launcher.class), display);
            }
            outcome.messages().forEach(messages::line);
            report(outcome, repository, options.json(), output);
            return outcome.exitCode().number();
        }
    }

    /** Asks a bean of the application context one question. */
    static <B, T> T ask(CommonOptions options, Class<B> bean, Function<B, T> question) {
        try (Repository repository = Repository.open(options);
                ConfigurableApplicationContext context = start(options, repository)) {
            return question.apply(context.getBean(bean));
        }
    }

    private static void report(LaunchOutcome outcome, Repository repository, boolean json, Output output) {
        Long run = outcome.runId();
        if (run == null) {
            return;
        }
        repository.history().find(run).ifPresent(found -> {
            if (json) {
                output.json(found);
                return;
            }
            output.line("run %d: %s".formatted(run, found.status()));
            ReceiptText.print(found, output);
        });
    }

    private static ConfigurableApplicationContext start(CommonOptions options, Repository repository) {
        return application(options, repository).run();
    }

    /** The application context that runs jobs, ready to be started. */
    static SpringApplicationBuilder application(CommonOptions options, Repository repository) {
        Map<String, Object> properties = new HashMap<>(repository.properties());
        properties.put(
                "sluice.root", options.root().toAbsolutePath().normalize().toString());
        properties.put("sluice.home", options.homePath().toAbsolutePath().toString());
        properties.put("logging.config", "classpath:logback-command.xml");
        properties.put("spring.batch.job.enabled", "false");
        // Boot has its own key for it and warns of this one
        System.clearProperty("logback.configurationFile");
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("command line", properties));
        return new SpringApplicationBuilder(SluiceApplication.class)
                .environment(environment)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false);
    }
}
