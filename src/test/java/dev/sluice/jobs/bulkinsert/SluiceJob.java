package dev.sluice.jobs.bulkinsert;

import dev.sluice.SluiceApplication;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it runs jobs, over one link to the sink, with a repository of its own on disk. */
final class SluiceJob implements AutoCloseable {

    static final String TABLE = "org_audit_logs";

    private final Path folder;
    private final ConfigurableApplicationContext context;

    private SluiceJob(Path folder, ConfigurableApplicationContext context) {
        this.folder = folder;
        this.context = context;
    }

    /** @param folder where home and repository are */
    static SluiceJob start(Path folder, String sink) {
        Map<String, Object> properties = Map.of(
                "sluice.home",
                folder.resolve("home").toString(),
                "sluice.bigquery.endpoint",
                sink,
                "sluice.bigquery.token",
                "benchmark",
                "spring.datasource.url",
                "jdbc:h2:file:" + folder.resolve("repository") + ";WRITE_DELAY=0",
                "spring.datasource.username",
                "sa",
                "spring.datasource.password",
                "");
        return new SluiceJob(
                folder,
                new SpringApplicationBuilder(SluiceApplication.class)
                        .web(WebApplicationType.NONE)
                        .properties(properties)
                        .run("--sluice.root=" + System.getProperty("sluice.root"), "--logging.level.root=error"));
    }

    /**
     * @param batch tells runs with the same content apart
     * @param wire how rows travel
     */
    void load(Path file, String batch, String wire) {
        Map<String, String> parameters =
                Map.of("table", TABLE, "source", file.toString(), "org", "acme_corp", "batch", batch, "wire", wire);
        LaunchOutcome outcome = context.getBean(Launcher.class)
                .start("bulk-insert", parameters, folder, (run, job, given, resumed) -> {});
        if (outcome.exitCode() != ExitCode.COMPLETED) {
            throw new IllegalStateException("bulk-insert answers " + outcome);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
