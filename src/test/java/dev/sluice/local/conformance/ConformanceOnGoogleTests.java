package dev.sluice.local.conformance;

import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The same checks on a real project, with application-default credentials: {@code mvn verify -Preal
 * -Dsluice.google.project-id=<project>}, and {@code -Dsluice.google.bucket=<bucket>} for extracts. They make a dataset of
 * their own, and remove it.
 */
@Tag("real")
class ConformanceOnGoogleTests extends ConformanceContract {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    @TestFactory
    Stream<DynamicContainer> everyArea() {
        return areas(area -> true);
    }

    @Override
    ConformanceTarget open() throws IOException {
        String project = System.getProperty("sluice.google.project-id", "");
        if (project.isBlank()) {
            throw new IllegalStateException(
                    "cannot check conformance without a project: give -Dsluice.google.project-id=<a project that may be used>");
        }
        var place = new ConformanceTarget.Place(
                project,
                System.getProperty("sluice.google.location", "US"),
                null,
                null,
                GoogleCredentials.getApplicationDefault()
                        .createScoped("https://www.googleapis.com/auth/cloud-platform"),
                System.getProperty("sluice.google.bucket"));
        return new ConformanceTarget(
                place, "sluice_conformance_" + SECOND.format(Clock.systemUTC().instant()));
    }
}
