package dev.sluice.local;

import dev.sluice.local.fault.FaultScript;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to run; the command line of this process is written by our own commands.
 *
 * @param root the checkout, whose {@code sql/jobrepository} says what the repository's tables are
 * @param restPort 0 for any free one
 * @param grpcPort 0 for any free one
 * @param foreground serve until told to end, and say where on standard output
 * @param untilInputEnds also end when standard input does: the command that started this one is gone
 * @param gcsFolder stands for Cloud Storage
 * @param faultScript what shall go wrong; null for nothing
 * @param memoryLimit of the local BigQuery's queries
 * @param quotas whether BigQuery's quotas are enforced
 * @param patience how long to stay when nobody is attached
 */
record HomeServerOptions(
        Path home,
        Path root,
        int restPort,
        int grpcPort,
        boolean foreground,
        boolean untilInputEnds,
        Duration patience,
        Path gcsFolder,
        @Nullable Path faultScript,
        String memoryLimit,
        boolean quotas) {

    private static final String ROOT = "sluice.root";
    private static final String IDLE_SECONDS = "sluice.home.idle-seconds";
    private static final String GCS_FOLDER = "sluice.local.gcs-folder";
    private static final String FAULT_SCRIPT = "sluice.local.fault-script";
    private static final String MEMORY_LIMIT = "sluice.local.memory-limit";
    private static final String QUOTAS = "sluice.local.quotas";
    private static final long DEFAULT_IDLE_SECONDS = 60;

    static HomeServerOptions parse(String[] arguments) {
        List<String> words = List.of(arguments);
        boolean foreground = words.contains("--foreground");
        Duration patience =
                foreground ? Duration.ZERO : Duration.ofSeconds(Long.getLong(IDLE_SECONDS, DEFAULT_IDLE_SECONDS));
        Path home = Path.of(valueOf("--home", words, ".sluice"));
        return new HomeServerOptions(
                home,
                Path.of(System.getProperty(ROOT, ".")),
                Integer.parseInt(valueOf("--rest-port", words, "0")),
                Integer.parseInt(valueOf("--grpc-port", words, "0")),
                foreground,
                words.contains("--until-input-ends"),
                patience,
                Path.of(valueOf(
                        "--gcs-folder",
                        words,
                        System.getProperty(GCS_FOLDER, home.resolve("gcs").toString()))),
                faultScript(valueOf("--fault-script", words, System.getProperty(FAULT_SCRIPT, ""))),
                valueOf(
                        "--memory-limit",
                        words,
                        System.getProperty(
                                MEMORY_LIMIT, LocalSettings.defaults().memoryLimit())),
                words.contains("--quotas") || Boolean.getBoolean(QUOTAS));
    }

    private static @Nullable Path faultScript(String name) {
        return name.isEmpty() ? null : Path.of(name);
    }

    private static String valueOf(String name, List<String> words, String otherwise) {
        int at = words.indexOf(name);
        return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : otherwise;
    }

    /** Of the local BigQuery. */
    LocalSettings settings(Clock clock) throws IOException {
        LocalSettings settings = LocalSettings.defaults()
                .withMemoryLimit(memoryLimit)
                .withGcsFolder(gcsFolder)
                .withWritePort(grpcPort)
                .withQuotas(quotas);
        if (faultScript == null) {
            return settings;
        }
        Path schema = root.resolve("scripts/fault-script.schema.json");
        return settings.withFaults(FaultScript.read(faultScript, schema, clock));
    }
}
