package dev.sluice.bigquery;

import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The smoke suite where there is no Google: shows that the suite works, and that the local BigQuery passes it. */
class SmokeOnLocalTests extends SmokeContract {

    @TempDir
    static Path folder;

    private LocalBigQuery local;

    @Override
    SmokeTarget open() {
        try {
            local = LocalBigQuery.open(folder, 0, DoorUnderTest.TOKEN, Clock.systemUTC(), LocalSettings.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SmokeTarget(
                Map.of("sluice.bigquery.endpoint", local.url(), "sluice.bigquery.token", DoorUnderTest.TOKEN),
                "sluice_smoke");
    }

    @Override
    void shutDown() {
        local.close();
    }
}
