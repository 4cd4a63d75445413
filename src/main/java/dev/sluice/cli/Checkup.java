package dev.sluice.cli;

import dev.sluice.home.HomeFolder;
import dev.sluice.home.HomeUnavailable;
import dev.sluice.runs.Alert;
import dev.sluice.runs.RunFilter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** The checks of the doctor, in the order in which things build on each other. */
final class Checkup {

    private static final int OLDEST_JAVA = 17;
    private static final long LOW_DISK = 1L << 30;
    private static final Duration ALERTS = Duration.ofDays(7);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final CommonOptions options;
    private final List<Finding> findings = new ArrayList<>();

    Checkup(CommonOptions options) {
        this.options = options;
    }

    List<Finding> findings() {
        java();
        try {
            HomeFolder folder = options.openHome();
            home(folder);
            try (Repository repository = Repository.open(options)) {
                findings.add(Finding.ok("server", "attached"));
                bigQuery(repository);
                repository(repository);
            }
        } catch (HomeUnavailable | CommandFailure e) {
            findings.add(Finding.fail("server", String.valueOf(e.getMessage())));
        }
        return findings;
    }

    private void java() {
        Runtime.Version version = Runtime.version();
        findings.add(
                version.feature() >= OLDEST_JAVA
                        ? Finding.ok("java", version.toString())
                        : Finding.fail("java", version + " is too old; use 17 or newer"));
    }

    private void home(HomeFolder folder) {
        try {
            String rights = Files.getFileStore(folder.path()).supportsFileAttributeView("posix")
                    ? PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path()))
                    : "rwx------";
            findings.add(
                    rights.endsWith("------")
                            ? Finding.ok("home", folder.path() + " is private")
                            : Finding.warn(
                                    "home",
                                    "%s is open to others (%s); chmod 700 it".formatted(folder.path(), rights)));
            long free = Files.getFileStore(folder.path()).getUsableSpace();
            String megabytes = "%s MB free".formatted(RunText.number(free / 1_000_000));
            findings.add(free < LOW_DISK ? Finding.warn("disk", megabytes) : Finding.ok("disk", megabytes));
        } catch (IOException e) {
            findings.add(Finding.fail("home", "cannot look at %s: %s".formatted(folder.path(), e.getMessage())));
        }
    }

    private void bigQuery(Repository repository) {
        String endpoint = repository.properties().get("sluice.bigquery.endpoint");
        if (endpoint == null) {
            findings.add(Finding.ok("bigquery", "Google's; not asked"));
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(endpoint + "/bigquery/v2/projects/sluice-local/datasets"))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + repository.properties().get("sluice.bigquery.token"))
                .build();
        try {
            int status = HttpClient.newBuilder()
                    .connectTimeout(ANSWER)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            findings.add(
                    status == 200
                            ? Finding.ok("bigquery", endpoint + " answers")
                            : Finding.fail("bigquery", "%s answers HTTP %d".formatted(endpoint, status)));
        } catch (IOException e) {
            findings.add(Finding.fail("bigquery", "%s does not answer: %s".formatted(endpoint, e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            findings.add(Finding.fail("bigquery", "interrupted"));
        }
    }

    private void repository(Repository repository) {
        try {
            boolean used =
                    !repository.history().list(new RunFilter(null, null, 1)).isEmpty();
            findings.add(Finding.ok("repository", used ? "reachable" : "reachable, no runs yet"));
            alerts(repository.alerts().ofTheLast(ALERTS));
        } catch (DataAccessException e) {
            findings.add(Finding.fail(
                    "repository", String.valueOf(e.getMostSpecificCause().getMessage())));
        }
    }

    private void alerts(List<Alert> alerts) {
        findings.add(
                alerts.isEmpty()
                        ? Finding.ok("alerts", "none in the last %d days".formatted(ALERTS.toDays()))
                        : Finding.warn(
                                "alerts",
                                "%d in the last %d days, the last one at %s for %s: %s"
                                        .formatted(
                                                alerts.size(),
                                                ALERTS.toDays(),
                                                alerts.get(0).raised().truncatedTo(ChronoUnit.SECONDS),
                                                alerts.get(0).job(),
                                                alerts.get(0).message())));
    }
}
