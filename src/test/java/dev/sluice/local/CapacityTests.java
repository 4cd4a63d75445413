package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when much is wanted. */
@Timeout(60)
class CapacityTests {

    private static final int CLIENTS = 200;

    @TempDir
    private Path folder;

    private static String query(String sql) {
        return "{\"useLegacySql\":false,\"query\":\"%s\"}".formatted(sql);
    }

    @Test
    void aQueryThatNeedsMoreMemoryThanThereIsFailsAndOthersGoOn() throws Exception {
        try (var server = LocalServer.open(
                folder, Clock.systemUTC(), LocalSettings.defaults().withMemoryLimit("64MB"))) {
            String hungry = "SELECT LENGTH(STRING_AGG(REPEAT('x', 100000))) FROM UNNEST(GENERATE_ARRAY(1, 5000))";

            assertThat(server.send("POST", "/queries", query(hungry)).body())
                    .contains(
                            "\"reason\":\"resourcesExceeded\"",
                            "Resources exceeded during query execution: The query could not be executed in the allotted"
                                    + " memory.");
            assertThat(server.column("SELECT 1 AS one")).containsExactly("1");
        }
    }

    @Test
    void aMemoryLimitThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalSettings.defaults().withMemoryLimit("much"))
                .withMessageContaining("like 512MB or 2GB, not like 'much'");
    }

    @Test
    void twoHundredClientsAreAnsweredByABoundedNumberOfThreads() throws Exception {
        var most = new AtomicLong();
        var done = new AtomicBoolean();
        try (var server = LocalServer.open(folder)) {
            var watcher = new Thread(() -> {
                while (!done.get()) {
                    most.accumulateAndGet(threads(), Math::max);
                    Thread.onSpinWait();
                }
            });
            watcher.start();

            var answers = server.atOnce("/queries", Collections.nCopies(CLIENTS, query("SELECT 7 AS n")));

            done.set(true);
            watcher.join();
            assertThat(answers).hasSize(CLIENTS).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"v\":\"7\"");
            });
            assertThat(most.get()).isLessThanOrEqualTo(RequestThreads.MOST + 3L * 16);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("local-request|job-.*"))
                .count();
    }
}
