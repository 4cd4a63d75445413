package dev.sluice.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kill.KillableHome.Digest;
import dev.sluice.kill.Worker.Command;
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
    private static final List<String> MODES = List.of("append", "merge");
    private static final String CALM = "calm_corp";
    private static final String KILLED = "killed_corp";
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

    /** Each time, the process has loaded the same rows for another organization before, in peace. */
    private void kill(long seed, List<Victim> victims) throws Exception {
        var random = new Random(seed);
        for (int i = 0; i < victims.size(); i++) {
            Path output = folder.resolve("output" + i);
            try (var home = new KillableHome(folder.resolve("home" + i));
                    var worker = home.worker(folder.resolve("worker" + i))) {
                long calm = calm(worker, output);
                // the second run of a process takes about half as long as its first
                long moment = random.nextLong(calm / 2 + 1);
                String mode = MODES.get(random.nextInt(MODES.size()));
                System.out.printf(
                        "kill %d: %s of a %s after %d of %d ms, seed %d%n",
                        i + 1, victims.get(i), mode, moment, calm, seed);
                List<String> insert = insert(rows(KILLED), mode, KILLED);
                killAt(home, worker, victims.get(i), moment, worker.begin(output, insert));
                finish(home, output, insert);
                requireTheSameRows(home);
                requireOneJobPerEffect(home);
            }
        }
    }

    private static void killAt(KillableHome home, Worker worker, Victim victim, long moment, Command job)
            throws Exception {
        job.awaitRun();
        boolean ended = job.endsWithin(moment);
        if (victim != Victim.SERVER) {
            worker.kill();
        }
        if (victim != Victim.JOB) {
            home.killServer();
        }
        if (victim == Victim.SERVER) {
            job.end();
            // a command's process ends with it, and so must one that could execute more
            worker.kill();
        }
        System.out.printf("kill: it had %s%n", ended ? "ended before" : "not ended");
    }

    /** What a person does: the same command again, until it says that all is done. */
    private static void finish(KillableHome home, Path output, List<String> insert) throws Exception {
        int code = -1;
        for (int i = 0; i < TRIES && code != COMPLETED && code != ALREADY_COMPLETED; i++) {
            code = KillableHome.end(home.begin(output, insert));
        }
        assertThat(code).as(Files.readString(output)).isIn(COMPLETED, ALREADY_COMPLETED);
    }

    private static void requireTheSameRows(KillableHome home) throws IOException {
        List<Digest> digests = home.digests("organizations", "org_audit_logs", List.of(CALM, KILLED));
        assertThat(digests.get(0).rows()).isEqualTo(ROWS);
        assertThat(digests.get(1)).isEqualTo(digests.get(0));
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

    /** @return how long a run takes from its announcement on that nobody kills */
    private long calm(Worker worker, Path output) throws Exception {
        Command job = worker.begin(Path.of(output + ".calm"), insert(rows(CALM), MODES.get(0), CALM));
        job.awaitRun();
        long announced = System.nanoTime();
        assertThat(job.end()).as(job.text()).isEqualTo(COMPLETED);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - announced);
    }

    private static List<String> insert(Path source, String mode, String org) {
        return List.of(
                "start",
                "bulk-insert",
                "table=org_audit_logs",
                "source=" + source,
                "org=" + org,
                "mode=" + mode,
                "unitSize=512KB");
    }

    private Path rows(String org) throws IOException {
        Function<Integer, String> row = i -> ("{\"audit_id\":\"a%05d\",\"org_slug\":\"%s\",\"action\":\"READ\","
                        + "\"resource_type\":\"PIPELINE\",\"details\":{\"n\":%d},\"request_id\":\"r%d\","
                        + "\"status\":\"SUCCESS\",\"created_at\":\"2026-01-%02dT00:00:00Z\"}")
                .formatted(i, org, i, i, i % 28 + 1);
        return Files.write(
                folder.resolve(org + ".ndjson"),
                IntStream.range(0, ROWS).boxed().map(row).toList());
    }
}
