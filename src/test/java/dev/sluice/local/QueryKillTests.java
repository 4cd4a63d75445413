package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code kill -9} of a real home server at seeded moments of queries; who was told of one finds it, once. */
@Timeout(300)
class QueryKillTests {

    private static final int KILLS = 12;
    private static final int CALLERS = 4;
    private static final long LATEST_MILLIS = 1_500;

    @TempDir
    private Path folder;

    @Test
    void whatWasToldSurvivesTodaysKill() throws Exception {
        kill(LocalDate.now(ZoneOffset.UTC).toEpochDay(), List.of(1));
    }

    @Test
    @Tag("sweep")
    void whatWasToldSurvivesAKill() throws Exception {
        kill(
                Long.getLong("sweep.seed", System.nanoTime()),
                IntStream.rangeClosed(1, KILLS)
                        .filter(Shard.chosen()::covers)
                        .boxed()
                        .toList());
    }

    /** Of one home again and again. */
    private void kill(long seed, List<Integer> kills) throws Exception {
        var random = new Random(seed);
        Path home = folder.resolve("home");
        Map<String, String> told = new ConcurrentHashMap<>();
        for (int each : kills) {
            long moment = random.nextLong(LATEST_MILLIS);
            System.out.printf("kill %d: queries after %d ms, seed %d%n", each, moment, seed);
            HomeServerProcess server = HomeServerProcess.start(home);
            List<CompletableFuture<Void>> callers = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> CompletableFuture.runAsync(
                            () -> ask(server, "k%d_%d_".formatted(each, caller), caller % 2 == 0, told)))
                    .toList();
            while (told.values().stream().noneMatch(value -> value.startsWith("k%d_".formatted(each)))) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            TimeUnit.MILLISECONDS.sleep(moment);
            server.kill();
            callers.forEach(CompletableFuture::join);
        }
        HomeServerProcess server = HomeServerProcess.start(home);
        try {
            requireKept(server, told);
        } finally {
            server.kill();
        }
    }

    /** Until the server is away. */
    private static void ask(HomeServerProcess server, String prefix, boolean named, Map<String, String> told) {
        try {
            for (int i = 0; ; i++) {
                String value = prefix + i;
                String id = named ? ", \"requestId\": \"%s\"".formatted(value) : "";
                JsonNode answer =
                        JsonMapper.shared().readTree(server.send("POST", "/queries", """
                                {"query": "SELECT '%s' AS v", "useLegacySql": false%s}""".formatted(value, id)));
                assertThat(value(answer)).isEqualTo(value);
                told.put(answer.at("/jobReference/jobId").asString(), value);
                if (i % 50 == 49) {
                    server.send("GET", "/jobs?maxResults=1", "");
                }
            }
        } catch (IOException e) {
            // killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String value(JsonNode answer) {
        return answer.at("/rows/0/f/0/v").asString();
    }

    private static void requireKept(HomeServerProcess server, Map<String, String> told) throws Exception {
        List<String> listed = listed(server);
        assertThat(listed).doesNotHaveDuplicates().containsAll(told.keySet());
        for (var each : told.entrySet()) {
            assertThat(server.send("GET", "/jobs/" + each.getKey(), "")).contains("\"state\":\"DONE\"");
            assertThat(value(JsonMapper.shared().readTree(server.send("GET", "/queries/" + each.getKey(), ""))))
                    .isEqualTo(each.getValue());
        }
    }

    private static List<String> listed(HomeServerProcess server) throws Exception {
        List<String> ids = new ArrayList<>();
        String token = "";
        do {
            JsonNode page =
                    JsonMapper.shared().readTree(server.send("GET", "/jobs?maxResults=1000&pageToken=" + token, ""));
            page.path("jobs")
                    .forEach(job -> ids.add(job.at("/jobReference/jobId").asString()));
            token = page.path("nextPageToken").asString("");
        } while (!token.isEmpty());
        return ids;
    }
}
