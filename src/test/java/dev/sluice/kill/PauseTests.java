package dev.sluice.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job process that pauses past its lease and wakes up after another has taken over its run: it writes nothing more. */
class PauseTests {

    private static final int ROWS = 10_000;
    private static final int ROUNDS = 50;
    private static final int ROUNDS_A_TAKEOVER = 5;
    private static final int LONGEST_MILLIS = 2_500;
    private static final int COMPLETED = 0;
    private static final int ALREADY_COMPLETED = 3;
    private static final int ALREADY_RUNNING = 4;
    private static final Map<String, String> SHORT_LEASES = Map.of("SLUICE_LEASE_TTL", "4s");

    @TempDir
    Path folder;

    /** Every other day; in between killed ticks have their turn. */
    @Test
    void aPausedOwnerWritesNothingOnceItWasTakenOver() throws Exception {
        assumeTrue(LocalDate.now(ZoneOffset.UTC).toEpochDay() % 2 == 0);
        pause(LocalDate.now(ZoneOffset.UTC).toEpochDay(), 1);
    }

    @Test
    @Tag("sweep")
    void aPausedOwnerWritesNothingWheneverItWasTakenOver() throws Exception {
        pause(Long.getLong("sweep.seed", System.nanoTime()), Shard.chosen().of(ROUNDS));
    }

    private void pause(long seed, int rounds) throws Exception {
        Path source = rows();
        var random = new Random(seed);
        int takenOver = 0;
        for (int round = 1; round <= rounds; round++) {
            long moment = random.nextLong(LONGEST_MILLIS);
            boolean wakesLate = random.nextBoolean();
            System.out.printf(
                    "pause %d of %d: after %d ms, wakes up %s its heir ends, seed %d%n",
                    round, rounds, moment, wakesLate ? "after" : "before", seed);
            try (var home = new KillableHome(folder.resolve("home" + round), Path.of(""), SHORT_LEASES)) {
                takenOver += round(home, source, moment, wakesLate) ? 1 : 0;
                assertThat(home.digest("organizations", "org_audit_logs").rows())
                        .isEqualTo(ROWS);
                KillTests.requireOneJobPerEffect(home);
            }
        }
        System.out.printf("%d of %d paused owners were taken over%n", takenOver, rounds);
        assertThat(takenOver).as("takeovers").isGreaterThanOrEqualTo(rounds / ROUNDS_A_TAKEOVER);
    }

    /** @return whether it came to a takeover: the owner may end before it is paused, or pause in the middle of a commit */
    private boolean round(KillableHome home, Path source, long moment, boolean wakesLate) throws Exception {
        Path output = folder.resolve("owner-" + home.hashCode());
        Path heirs = folder.resolve("heir-" + home.hashCode());
        Process owner = home.begin(output, insert(source));
        KillTests.awaitAnnouncement(owner, output);
        if (owner.waitFor(moment, TimeUnit.MILLISECONDS)) {
            return false;
        }
        KillableHome.signal(owner, "STOP");
        awaitExpiry(home);
        Process heir = home.begin(heirs, insert(source));
        boolean takesOver = awaitTakeover(heir, heirs);
        if (takesOver && wakesLate) {
            assertThat(KillableHome.end(heir)).as(Files.readString(heirs)).isZero();
        }
        History before = History.of(home);
        KillableHome.signal(owner, "CONT");
        int code = KillableHome.end(owner);
        int heirCode = KillableHome.end(heir);
        if (!takesOver) {
            assertThat(code)
                    .as("nobody took over, heir: %s; owner: %s", Files.readString(heirs), Files.readString(output))
                    .isZero();
            assertThat(heirCode).as(Files.readString(heirs)).isIn(ALREADY_RUNNING, ALREADY_COMPLETED);
            assertThat(KillableHome.end(home.begin(heirs, insert(source))))
                    .as(Files.readString(heirs))
                    .isEqualTo(ALREADY_COMPLETED);
            return false;
        }
        assertThat(heirCode).as(Files.readString(heirs)).isEqualTo(COMPLETED);
        assertThat(code).as(Files.readString(output)).isIn(ALREADY_RUNNING, ALREADY_COMPLETED);
        History after = History.of(home);
        if (wakesLate) {
            assertThat(after).as("everything after the paused owner woke up").isEqualTo(before);
        }
        assertThat(after.writesOfAfter(1, 2))
                .as("what the paused owner wrote late")
                .isEmpty();
        return true;
    }

    private static void awaitExpiry(KillableHome home) throws InterruptedException {
        var never = new CountDownLatch(1);
        String expired = "SELECT COUNT(*) FROM SLUICE_LEASE WHERE EXPIRES_AT < CURRENT_TIMESTAMP";
        for (int i = 0; home.repository().sql(expired).query(Long.class).single() == 0; i++) {
            assertThat(i).as("looks at a lease that does not run out").isLessThan(300);
            never.await(100, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean awaitTakeover(Process heir, Path output) throws Exception {
        for (int i = 0; i < 900 && !Files.readString(output).contains("run 2 resumes run 1"); i++) {
            if (heir.waitFor(100, TimeUnit.MILLISECONDS)) {
                return Files.readString(output).contains("run 2 resumes run 1");
            }
        }
        return true;
    }

    private static List<String> insert(Path source) {
        return List.of(
                "start", "bulk-insert", "table=org_audit_logs", "source=" + source, "org=acme_corp", "unitSize=64KB");
    }

    private Path rows() throws IOException {
        return Files.write(
                folder.resolve("audit.ndjson"),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> ("{\"audit_id\":\"p%05d\",\"org_slug\":\"acme_corp\",\"action\":\"READ\","
                                        + "\"resource_type\":\"PIPELINE\",\"status\":\"SUCCESS\","
                                        + "\"created_at\":\"2026-01-01T00:00:00Z\"}")
                                .formatted(i))
                        .toList());
    }
}
