package dev.sluice.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the home folder in the foreground. */
@Command(
        name = "local",
        description = {
            "Run the home server in the foreground: a local BigQuery for any client, and the repository.",
            "Prints one line with its addresses when it is ready; ends on Ctrl-C or SIGTERM."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sluice local", "  sluice local --rest-port 9050 --home /tmp/try"})
final class LocalCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Option(names = "--rest-port", paramLabel = "<port>", description = "Port of the REST endpoint (default: any).")
    private int restPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = Repository.serverProcess(options)
                .command(
                        options.openHome(),
                        List.of("--foreground", "--until-input-ends", "--rest-port", String.valueOf(restPort)));
        Process server = new ProcessBuilder(command)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
        var stop = new Thread(() -> stop(server), "stop-local");
        Runtime.getRuntime().addShutdownHook(stop);
        return server.waitFor();
    }

    private static void stop(Process server) {
        server.destroy();
        try {
            server.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
