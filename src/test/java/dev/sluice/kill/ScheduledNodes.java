package dev.sluice.kill;

import dev.sluice.database.PostgresServer;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What nodes of a scheduler have in common: a checkout whose bulk insert has a schedule, a database, and BigQuery. */
final class ScheduledNodes {

    private static final String TOKEN = "nodes";

    private ScheduledNodes() {}

    /** @param schedule the lines of a job file's {@code schedule}; it finds the rows as {@code rows.ndjson} */
    static Path checkout(Path folder, List<String> rows, String schedule) throws IOException {
        Path jobs = Files.createDirectories(folder.resolve("jobs/bulk-insert"));
        Files.copy(Path.of("jobs/job.schema.json"), jobs.resolveSibling("job.schema.json"));
        Files.createSymbolicLink(folder.resolve("sql"), Path.of("sql").toAbsolutePath());
        Files.write(folder.resolve("rows.ndjson"), rows);
        Files.writeString(
                jobs.resolve("bulk-insert.yaml"),
                Files.readString(Path.of("jobs/bulk-insert/bulk-insert.yaml")) + "schedule:\n" + schedule.indent(2));
        return folder;
    }

    static String row(int number) {
        return ("{\"audit_id\":\"t%05d\",\"org_slug\":\"acme_corp\",\"action\":\"READ\",\"resource_type\":\"KEY\","
                        + "\"status\":\"SUCCESS\",\"created_at\":\"2026-01-01T00:00:00Z\"}")
                .formatted(number);
    }

    static LocalBigQuery bigQuery(Path folder, LocalSettings settings) throws IOException {
        return LocalBigQuery.open(folder, 0, TOKEN, Clock.systemUTC(), settings);
    }

    /** Settings of nodes as on several hosts: no home server, but PostgreSQL and a BigQuery in common. */
    static Map<String, String> onPostgres(LocalBigQuery bigQuery) {
        return new HashMap<>(Map.of(
                "SPRING_DATASOURCE_URL",
                PostgresServer.newDatabase(),
                "SLUICE_GOOGLE_PROJECTID",
                "sluice-local",
                "SLUICE_BIGQUERY_ENDPOINT",
                bigQuery.url(),
                "SLUICE_BIGQUERY_TOKEN",
                TOKEN));
    }
}
