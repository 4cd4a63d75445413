package dev.sluice.bigquery;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/**
 * The smoke suite on a real project, with application-default credentials: {@code mvn verify -Preal
 * -Dsluice.google.project-id=<project>}. It makes a dataset of its own, and removes it.
 */
@Tag("real")
class SmokeOnGoogleTests extends SmokeContract {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    @Override
    SmokeTarget open() {
        String project = System.getProperty("sluice.google.project-id", "");
        if (project.isBlank()) {
            throw new IllegalStateException(
                    "cannot smoke-test without a project: give -Dsluice.google.project-id=<a project that may be used>");
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put("sluice.google.project-id", project);
        settings.put("sluice.google.location", System.getProperty("sluice.google.location", "US"));
        String dataset = "sluice_smoke_" + SECOND.format(Clock.systemUTC().instant());
        return new SmokeTarget(settings, dataset);
    }
}
