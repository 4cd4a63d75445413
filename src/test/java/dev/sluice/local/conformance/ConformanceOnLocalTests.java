package dev.sluice.local.conformance;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** That the local BigQuery is one. */
class ConformanceOnLocalTests extends ConformanceContract {

    private static final int THIRDS = 3;
    private static final String TOKEN = "a-token-of-a-test";

    @TempDir
    static Path folder;

    private LocalBigQuery local;

    @TestFactory
    Stream<DynamicContainer> aThirdOfTheAreasThatMovesByDay() {
        var third = new Shard(chosenThird(), THIRDS);
        System.out.printf("conformance suite: -Dconformance.third=%d repeats this third%n", third.part());
        return areas(third::covers);
    }

    private static int chosenThird() {
        long day = Duration.between(Instant.EPOCH, Clock.systemUTC().instant()).toDays();
        int third = Integer.getInteger("conformance.third", (int) (day % THIRDS) + 1);
        if (third < 1 || third > THIRDS) {
            throw new IllegalArgumentException("conformance.third is %d; use 1 to %d".formatted(third, THIRDS));
        }
        return third;
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicContainer> everyArea() {
        return areas(Shard.chosen()::covers);
    }

    @Override
    ConformanceTarget open() throws IOException {
        Files.createDirectories(folder.resolve("gcs/conformance"));
        local = LocalBigQuery.open(
                folder, 0, TOKEN, Clock.systemUTC(), LocalSettings.defaults().withWritePort(0));
        var credentials =
                OAuth2Credentials.create(new AccessToken(TOKEN, Date.from(Instant.parse("2100-01-01T00:00:00Z"))));
        return new ConformanceTarget(
                new ConformanceTarget.Place(
                        "sluice-local", "US", local.url(), local.writeAddress(), credentials, "conformance"),
                "sluice_conformance");
    }

    @Override
    void shutDown() {
        local.close();
    }
}
