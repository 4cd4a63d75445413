package dev.sluice.cli;

import dev.sluice.home.HomeFolder;
import dev.sluice.home.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
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

    @Option(
            names = "--java-options-file",
            hidden = true,
            description = "Do not serve: write the options of a java that would serve best, one a line.")
    private @Nullable Path javaOptionsFile;

    /** Serves in this process, which scripts/sluice has started as the options file says. */
    @Override
    public Integer call() throws IOException {
        HomeFolder folder = options.openHome();
        if (javaOptionsFile != null) {
            Files.write(javaOptionsFile, ServerProcess.javaOptions(folder));
            return 0;
        }
        ServerProcess.becomeServer(folder, arguments());
        return 0;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--foreground", "--rest-port", String.valueOf(restPort)));
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
        return arguments;
    }
}
