package dev.sluice.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kill.KillableHome.Digest;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of real processes at seeded moments of a bulk insert; the same command, given again, finishes it. */
class KillTests {

    private static final int ROWS = 20_000;
    private static final int KILLS = 24;
    private static final int TRIES = 5;
    private static final int MOST_LOOKS = 1_200;
    private static final List<String> MODES = List.of("append", "merge");
    private static final int COMPLETED = 0;
    private static final int ALREADY_COMPLETED = 3;

    @TempDir
    Path folder;

    private enum Victim {
        JOB,
        SERVER,
        BOTH
    }

    @Test
    void everyRowArrivesOnceWhoeverIsKilledToday() throws Exception {
        long day = LocalDate.now(ZoneOffset.UTC).toEpochDay();
        kill(day, List.of(Victim.values()[(int) (day % Victim.values().length)]));
    }

    @Test
    @Tag("sweep")
    void everyRowArrivesOnceWhoeverIsKilled() throws Exception {
        long seed = Long.getLong("sweep.seed", System.nanoTime());
        kill(
                seed,
                IntStream.rangeClosed(1, KILLS)
                        .filter(Shard.chosen()::covers)
                        .mapToObj(i -> Victim.values()[i % Victim.values().length])
                        .toList());
    }

    private void kill(long seed, List<Victim> victims) throws Exception {
        Path source = rows();
        var random = new Random(seed);
        Calm calm = calm(insert(source, MODES.get(0)));
        for (int i = 0; i < victims.size(); i++) {
            long moment = random.nextLong(calm.millis());
            String mode = MODES.get(random.nextInt(MODES.size()));
            System.out.printf(
                    "kill %d: %s of a %s after %d of %d ms, seed %d%n",
                    i + 1, victims.get(i), mode, moment, calm.millis(), seed);
            try (var home = new KillableHome(folder.resolve("home" + i))) {
                Path output = folder.resolve("output" + i);
                List<String> insert = insert(source, mode);
                killAt(home, victims.get(i), moment, output, insert);
                finish(home, output, insert);
                assertThat(digest(home)).isEqualTo(calm.digest());
                requireOneJobPerEffect(home);
            }
        }
    }

    private static void killAt(KillableHome home, Victim victim, long moment, Path output, List<String> insert)
            throws Exception {
        Process job = home.begin(output, insert);
        awaitAnnouncement(job, output);
        job.waitFor(moment, TimeUnit.MILLISECONDS);
        if (victim != Victim.SERVER) {
            job.destroyForcibly();
        }
        if (victim != Victim.JOB) {
            home.killServer();
        }
        KillableHome.end(job);
    }

    /** What a person does: the same command again, until it says that all is done. */
    private static void finish(KillableHome home, Path output, List<String> insert) throws Exception {
        int code = -1;
        for (int i = 0; i < TRIES && code != COMPLETED && code != ALREADY_COMPLETED; i++) {
            code = KillableHome.end(home.begin(output, insert));
        }
        assertThat(code).as(Files.readString(output)).isIn(COMPLETED, ALREADY_COMPLETED);
    }

    private static Digest digest(KillableHome home) throws IOException {
        return home.digest("organizations", "org_audit_logs");
    }

    static void requireOneJobPerEffect(KillableHome home) throws IOException {
        List<String> effects = home.repository()
                .sql("SELECT DISTINCT EFFECT FROM SLUICE_INTENT")
                .query(String.class)
                .list();
        Map<String, Long> successes = home.successes().stream()
                .filter(id -> id.startsWith("sluice-"))
                .collect(Collectors.groupingBy(id -> id.substring(0, id.lastIndexOf("-a")), Collectors.counting()));
        assertThat(successes.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        effects.stream().map(effect -> "sluice-" + effect).toList());
        assertThat(successes.values()).containsOnly(1L);
        assertThat(home.repository()
                        .sql("SELECT COUNT(*) FROM SLUICE_LEASE WHERE NOT RELEASED")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** What a run does that nobody kills, and how long it takes from its announcement on. */
    private record Calm(long millis, Digest digest) {}

    private Calm calm(List<String> insert) throws Exception {
        try (var home = new KillableHome(folder.resolve("calm"))) {
            Path output = folder.resolve("calm.txt");
            Process job = home.begin(output, insert);
            awaitAnnouncement(job, output);
            long announced = System.nanoTime();
            assertThat(KillableHome.end(job)).as(Files.readString(output)).isZero();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - announced);
            requireOneJobPerEffect(home);
            Digest digest = digest(home);
            assertThat(digest.rows()).isEqualTo(ROWS);
            return new Calm(millis, digest);
        }
    }

    static void awaitAnnouncement(Process job, Path output) throws Exception {
        for (int i = 0; !Files.readString(output).contains("run 1 started"); i++) {
            assertThat(i)
                    .as("looks for the beginning of a run: %s", Files.readString(output))
                    .isLessThan(MOST_LOOKS);
            if (job.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the job ended before it began: " + Files.readString(output));
            }
        }
    }

    private static List<String> insert(Path source, String mode) {
        return List.of(
                "start",
                "bulk-insert",
                "table=org_audit_logs",
                "source=" + source,
                "org=acme_corp",
                "mode=" + mode,
                "unitSize=512KB");
    }

    private Path rows() throws IOException {
        Function<Integer, String> row = i -> ("{\"audit_id\":\"a%05d\",\"org_slug\":\"acme_corp\",\"action\":\"READ\","
                        + "\"resource_type\":\"PIPELINE\",\"details\":{\"n\":%d},\"request_id\":\"r%d\","
                        + "\"status\":\"SUCCESS\",\"created_at\":\"2026-01-%02dT00:00:00Z\"}")
                .formatted(i, i, i, i % 28 + 1);
        return Files.write(
                folder.resolve("audit.ndjson"),
                IntStream.range(0, ROWS).boxed().map(row).toList());
    }
}
