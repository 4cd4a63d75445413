package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTests {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    @TempDir
    private Path home;

    private Path folder;

    @BeforeEach
    void leaveWhatAKilledServerLeaves() throws IOException {
        folder = home.resolve("rehearsal");
        Files.createDirectories(folder.resolve("uploads"));
        Files.writeString(folder.resolve("bigquery.duckdb"), "no database");
    }

    @Test
    void makesItsCallsAndLeavesNothing() throws InterruptedException {
        try (Rehearsal rehearsal = Rehearsal.begin(folder, Clock.systemUTC(), () -> true)) {
            rehearsal.await(MINUTE);

            assertThat(rehearsal.rounds()).isEqualTo(400);
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void endsWhenOthersCall() throws InterruptedException {
        var asked = new AtomicInteger();
        try (Rehearsal rehearsal = Rehearsal.begin(folder, Clock.systemUTC(), () -> asked.incrementAndGet() < 4)) {
            rehearsal.await(MINUTE);

            assertThat(rehearsal.rounds()).isEqualTo(2);
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void doesNotBeginAtAllIfOthersCallAlready() throws InterruptedException {
        try (Rehearsal rehearsal = Rehearsal.begin(folder, Clock.systemUTC(), () -> false)) {
            rehearsal.await(MINUTE);

            assertThat(rehearsal.rounds()).isZero();
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void hasEndedWhenItIsClosed() {
        Rehearsal rehearsal = Rehearsal.begin(folder, Clock.systemUTC(), () -> true);
        rehearsal.close();

        assertThat(rehearsal.rounds()).isLessThan(400);
        assertThat(folder).doesNotExist();
    }

    private static String get(String url) throws IOException {
        var call = (HttpURLConnection) URI.create(url).toURL().openConnection();
        call.setRequestProperty("Authorization", "Bearer secret");
        try (InputStream answer = call.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aCallTellsWhetherItSucceeds() throws IOException {
        try (var local = LocalBigQuery.open(
                home.resolve("bigquery"), 0, "secret", Clock.systemUTC(), LocalSettings.defaults())) {
            var calls = new RehearsalCalls(local.url(), "secret", "sluice-local");

            assertThat(catchThrowable(() -> calls.round(0))).isInstanceOf(IOException.class);
            calls.prepare();
            calls.round(0);

            assertThat(local.isAsked()).isTrue();
            assertThat(get(local.url() + "/bigquery/v2/projects/sluice-local/datasets/rehearsal/tables/loads_0"))
                    .containsPattern("\"numRows\" *: *\"2500\"");
        }
    }
}
