package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.sweep.BulkInsertSweep.Aftermath;
import dev.sluice.sweep.BulkInsertSweep.Calm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every remote call and every commit of a bulk insert is a moment at which the process may die. */
abstract class BulkInsertRestartContract {

    /** Moments of each scenario. */
    private static final int SAMPLE = 2;

    private static final int MOMENTS_PER_LINE = 10;

    @TempDir
    Path folder;

    /** Which of the two databases; each has every other scenario on a day, and the others the day after. */
    abstract int turn();

    /** The JDBC URL of a new database with the repository's tables, user included. */
    abstract String newDatabase(String name);

    private static List<String> names() {
        return SweepScenario.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsInTheSameTableWhereverASampledDeathStrikes(String name) throws Exception {
        long day = LocalDate.now(ZoneOffset.UTC).toEpochDay();
        assumeTrue((names().indexOf(name) + turn() + day) % 2 == 0);
        try (var sweep = sweep(name)) {
            Calm calm = sweep.calm();
            long[] sample = new Random(day)
                    .longs(1, calm.moments() + 1)
                    .distinct()
                    .limit(SAMPLE)
                    .toArray();
            System.out.printf(
                    "%s, %s: sample %s of %d moments, seed %d%n",
                    getClass().getSimpleName(), name, Arrays.toString(sample), calm.moments(), day);
            assertThat(deaths(sweep, calm, sample)).isPositive();
        }
    }

    /** All moments, or with {@code -Dsweep.shard=k/n} each n-th beginning with the k-th. */
    @ParameterizedTest
    @MethodSource("names")
    @Tag("sweep")
    void endsInTheSameTableWhereverDeathStrikes(String name) throws Exception {
        Shard shard = Shard.chosen();
        try (var sweep = sweep(name)) {
            Calm calm = sweep.calm();
            long[] points = LongStream.rangeClosed(1, calm.moments())
                    .filter(shard::covers)
                    .toArray();
            long began = System.nanoTime();
            long deaths = deaths(sweep, calm, points);
            System.out.printf(
                    "%s, %s: covered %d of %d moments in %d s%n",
                    getClass().getSimpleName(),
                    name,
                    deaths,
                    calm.moments(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            assertThat(deaths).isGreaterThan(points.length * 8L / 10);
        }
    }

    private BulkInsertSweep sweep(String name) throws IOException {
        return new BulkInsertSweep(folder, SweepScenario.of(name), this::newDatabase);
    }

    /** Dies at each moment, whatever came of those before; says at once what went wrong, since hours may follow. */
    private long deaths(BulkInsertSweep sweep, Calm calm, long[] moments) {
        var deaths = new AtomicLong();
        assertAll(LongStream.of(moments).mapToObj(moment -> () -> {
            try {
                deaths.addAndGet(die(sweep, calm, moment) ? 1 : 0);
            } catch (Exception | AssertionError e) {
                System.out.printf(
                        "%s, moment %d, %s: %s%n",
                        getClass().getSimpleName(), moment, calm.places().get((int) moment - 1), e);
                throw e;
            }
        }));
        return deaths.get();
    }

    /** @return whether it came to that */
    private static boolean die(BulkInsertSweep sweep, Calm calm, long moment) throws IOException {
        Aftermath aftermath = sweep.dieAt(moment);
        assertThat(aftermath.digest()).as("table after a death").isEqualTo(calm.digest());
        if (moment % MOMENTS_PER_LINE == 0) {
            System.out.printf("moment %d of %d%n", moment, calm.moments());
        }
        return aftermath.died();
    }
}
