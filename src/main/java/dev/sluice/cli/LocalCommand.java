package dev.sluice.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--grpc-port",
            paramLabel = "<port>",
            description = "Port of the Storage Write API, gRPC without TLS (default: any).")
    private int grpcPort;

    @Option(
            names = "--gcs-folder",
            paramLabel = "<folder>",
            description = "What gs:// URIs mean: gs://bucket/name is <folder>/bucket/name (default: gcs in the home).")
    private @Nullable Path gcsFolder;

    @Option(
            names = "--fault-script",
            paramLabel = "<file>",
            description = "YAML of faults to inject, checked against scripts/fault-script.schema.json.")
    private @Nullable Path faultScript;

    @Option(
            names = "--memory-limit",
            paramLabel = "<size>",
            description = "What queries may use, as 512MB or 2GB; who needs more fails (default: 1GB).")
    private @Nullable String memoryLimit;

    @Option(names = "--quotas", description = "Enforce BigQuery's quotas (default: count them and warn in the log).")
    private boolean quotas;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("--foreground", "--until-input-ends", "--rest-port", String.valueOf(restPort)));
        arguments.addAll(List.of("--grpc-port", String.valueOf(grpcPort)));
        if (gcsFolder != null) {
            arguments.addAll(List.of("--gcs-folder", gcsFolder.toAbsolutePath().toString()));
        }
        if (faultScript != null) {
            arguments.addAll(
                    List.of("--fault-script", faultScript.toAbsolutePath().toString()));
        }
        if (memoryLimit != null) {
            arguments.addAll(List.of("--memory-limit", memoryLimit));
        }
        if (quotas) {
            arguments.add("--quotas");
        }
        List<String> command = Repository.serverProcess(options).command(options.openHome(), arguments);
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
