package dev.sluice.cli;

import dev.sluice.home.HomeFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes. */
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

    private final Settings settings = Settings.ofThisProcess();

    Settings settings() {
        return settings;
    }

    boolean json() {
        return json;
    }

    Path homePath() {
        return HomeFolder.choose(home, settings.find("sluice.home").orElse(null));
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
