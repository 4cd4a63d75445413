package dev.sluice.cli;

import dev.sluice.home.HomeFolder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command takes, before its name or behind it. */
final class CommonOptions {

    @Option(
            names = "--home",
            paramLabel = "<folder>",
            description = "Where state lives; else SLUICE_HOME, else .sluice in the working directory.")
    private @Nullable Path home;

    @Option(names = "--json", description = "Print JSON for programs.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli sets and reads it
    private boolean help;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    private final Settings settings = Settings.ofThisProcess();

    Settings settings() {
        return settings;
    }

    boolean json() {
        return fromHereUp().anyMatch(options -> options.json);
    }

    Path homePath() {
        Path chosen = fromHereUp()
                .flatMap(options -> Stream.ofNullable(options.home))
                .findFirst()
                .orElse(null);
        return HomeFolder.choose(chosen, settings.find("sluice.home").orElse(null));
    }

    private Stream<CommonOptions> fromHereUp() {
        return Stream.iterate(command, Objects::nonNull, CommandSpec::parent)
                .flatMap(spec -> spec.mixins().values().stream())
                .map(CommandSpec::userObject)
                .filter(CommonOptions.class::isInstance)
                .map(CommonOptions.class::cast);
    }

    /** Opens the home folder; the process's log goes there from now on. */
    HomeFolder openHome() {
        HomeFolder folder = HomeFolder.open(homePath());
        System.setProperty(
                "sluice.log.file", folder.logFolder().resolve("sluice.log").toString());
        System.setProperty("logback.configurationFile", "logback-command.xml");
        return folder;
    }

    Path root() {
        return Path.of(settings.find("sluice.root").orElse("."));
    }
}
