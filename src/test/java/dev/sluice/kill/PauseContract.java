package dev.sluice.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.kill.Worker.Command;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job process that pauses past its lease and wakes up after another has taken over its run: it writes nothing more. Each
 * round has rows of its own; all have their home and both processes in common.
 */
abstract class PauseContract {

    private static final int ROWS = 1_250;
    private static final int ROUNDS = 50;
    /** An owner may end before it is paused, or pause in the middle of a commit; then nobody takes over. */
    private static final int MOST_ROUNDS_A_TAKEOVER = 4;

    private static final long LIMIT_MILLIS = 120_000;
    private static final int COMPLETED = 0;
    private static final int ALREADY_COMPLETED = 3;
    private static final int ALREADY_RUNNING = 4;
    private static final String RESUMES = " resumes run ";

    @TempDir
    Path folder;

    /** How long a run takes that nobody pauses, as far as is known. */
    private long runMillis = 2_500;

    /** What every process of the home is told. */
    abstract Map<String, String> settings(Path empty) throws IOException;

    /** Paused owners have their turn every other day, the databases in turn; in between killed ticks have theirs. */
    abstract boolean isItsDay(long day);

    @Test
    void aPausedOwnerWritesNothingOnceItWasTakenOver() throws Exception {
        long day = LocalDate.now(ZoneOffset.UTC).toEpochDay();
        assumeTrue(isItsDay(day));
        pause(day, 1);
    }

    @Test
    @Tag("sweep")
    void aPausedOwnerWritesNothingWheneverItWasTakenOver() throws Exception {
        pause(Long.getLong("sweep.seed", System.nanoTime()), Shard.chosen().of(ROUNDS));
    }

    private void pause(long seed, int takeovers) throws Exception {
        Map<String, String> settings = new HashMap<>(settings(folder.resolve("services")));
        settings.put("SLUICE_LEASE_TTL", "1s");
        var random = new Random(seed);
        int takenOver = 0;
        int round = 0;
        try (var home = new KillableHome(folder.resolve("home"), Path.of(""), settings);
                var owner = home.worker(folder.resolve("owner"));
                var heir = home.worker(folder.resolve("heir"))) {
            var pair = new Pair(home, owner, heir);
            while (takenOver < takeovers) {
                round++;
                assertThat(round)
                        .as("rounds, %d with a takeover", takenOver)
                        .isLessThanOrEqualTo(takeovers * MOST_ROUNDS_A_TAKEOVER);
                takenOver += round(pair, round, seed, random) ? 1 : 0;
            }
        }
        System.out.printf("%d of %d paused owners were taken over, seed %d%n", takenOver, round, seed);
    }

    /** Where two processes meet. */
    private record Pair(KillableHome home, Worker owner, Worker heir) {}

    private boolean round(Pair pair, int round, long seed, Random random) throws Exception {
        long moment = (long) (random.nextDouble() * runMillis);
        boolean wakesLate = random.nextBoolean();
        long began = System.nanoTime();
        Path source = rows(round);
        boolean takenOver = play(new Round(pair, source), moment, wakesLate);
        requireEachRowOnce(pair.home(), round);
        KillTests.requireOneJobPerEffect(pair.home());
        System.out.printf(
                "pause %d: after %d ms, wakes up %s its heir ends, %s, %d ms, seed %d%n",
                round,
                moment,
                wakesLate ? "after" : "before",
                takenOver ? "taken over" : "not taken over",
                (System.nanoTime() - began) / 1_000_000,
                seed);
        return takenOver;
    }

    /** @return whether it came to a takeover */
    private boolean play(Round round, long moment, boolean wakesLate) throws Exception {
        Command owner = round.begin();
        long run = owner.awaitRun();
        long announced = System.nanoTime();
        if (owner.endsWithin(moment)) {
            runMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - announced);
            assertThat(owner.end()).as(owner.text()).isEqualTo(COMPLETED);
            return false;
        }
        return round.pause(owner, run, wakesLate);
    }

    private static void requireEachRowOnce(KillableHome home, int round) throws IOException {
        String rows = "FROM organizations.org_audit_logs WHERE STARTS_WITH(audit_id, '%s')".formatted(prefix(round));
        assertThat(home.count("SELECT COUNT(*) " + rows)).as("rows").isEqualTo(ROWS);
        assertThat(home.count("SELECT COUNT(DISTINCT audit_id) " + rows))
                .as("different rows")
                .isEqualTo(ROWS);
    }

    /** One run that an owner begins. */
    private record Round(Pair pair, Path source) {

        Command begin() throws IOException {
            return pair.owner().begin(Path.of(source + ".owner"), insert());
        }

        /** @return whether it came to a takeover */
        boolean pause(Command owner, long run, boolean wakesLate) throws Exception {
            pair.owner().pause();
            awaitExpiry(run);
            Command heir = pair.heir().begin(Path.of(source + ".heir"), insert());
            boolean takesOver = takesOver(heir);
            if (takesOver && wakesLate) {
                assertThat(heir.end()).as(heir.text()).isEqualTo(COMPLETED);
            }
            History before = History.of(pair.home());
            pair.owner().goOn();
            owner.end();
            heir.end();
            if (takesOver) {
                judge(owner, heir, wakesLate ? before : null);
            } else {
                requireOwnersOwn(owner, heir);
            }
            return takesOver;
        }

        private void judge(Command owner, Command heir, @Nullable History before) throws Exception {
            assertThat(heir.end()).as(heir.text()).isEqualTo(COMPLETED);
            assertThat(owner.end()).as(owner.text()).isIn(ALREADY_RUNNING, ALREADY_COMPLETED);
            History after = History.of(pair.home());
            if (before != null) {
                assertThat(after)
                        .as("everything after the paused owner woke up")
                        .isEqualTo(before);
            }
            assertThat(after.writesOfAfter(owner.awaitRun(), heir.awaitRun()))
                    .as("what the paused owner wrote late")
                    .isEmpty();
        }

        private void requireOwnersOwn(Command owner, Command heir) throws Exception {
            assertThat(owner.end())
                    .as("nobody took over, heir: %s; owner: %s", heir.text(), owner.text())
                    .isEqualTo(COMPLETED);
            assertThat(heir.end()).as(heir.text()).isIn(ALREADY_RUNNING, ALREADY_COMPLETED);
            Command again = pair.heir().begin(Path.of(source + ".again"), insert());
            assertThat(again.end()).as(again.text()).isEqualTo(ALREADY_COMPLETED);
        }

        private void awaitExpiry(long run) throws Exception {
            var expired = pair.home()
                    .repository()
                    .sql("SELECT COUNT(*) FROM SLUICE_LEASE WHERE RUN_ID = ? AND EXPIRES_AT < CURRENT_TIMESTAMP")
                    .param(run);
            assertThat(Waiting.upTo(
                            LIMIT_MILLIS, () -> expired.query(Long.class).single() > 0))
                    .as("the lease runs out")
                    .isTrue();
        }

        private static boolean takesOver(Command heir) throws Exception {
            Waiting.upTo(LIMIT_MILLIS, () -> heir.text().contains(RESUMES) || heir.endsWithin(0));
            return heir.text().contains(RESUMES);
        }

        private List<String> insert() {
            return List.of(
                    "start",
                    "bulk-insert",
                    "table=org_audit_logs",
                    "source=" + source,
                    "org=acme_corp",
                    "unitSize=16KB");
        }
    }

    private static String prefix(int round) {
        return "p%03d-".formatted(round);
    }

    private Path rows(int round) throws IOException {
        return Files.write(
                folder.resolve("audit%d.ndjson".formatted(round)),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> ("{\"audit_id\":\"%s%05d\",\"org_slug\":\"acme_corp\",\"action\":\"READ\","
                                        + "\"resource_type\":\"PIPELINE\",\"status\":\"SUCCESS\","
                                        + "\"created_at\":\"2026-01-01T00:00:00Z\"}")
                                .formatted(prefix(round), i))
                        .toList());
    }
}
