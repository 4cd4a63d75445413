package dev.sluice.kill;

import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class PauseOnPostgresTests extends PauseContract {

    private @Nullable LocalBigQuery bigQuery;

    @Override
    Map<String, String> settings(Path empty) throws IOException {
        bigQuery = ScheduledNodes.bigQuery(empty, LocalSettings.defaults());
        return ScheduledNodes.onPostgres(bigQuery);
    }

    @AfterEach
    void close() throws IOException {
        if (bigQuery != null) {
            bigQuery.close();
        }
    }

    @Override
    boolean isItsDay(long day) {
        return day % 4 == 2;
    }
}
