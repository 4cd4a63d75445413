package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.sluice.database.RepositoryTemplate;
import dev.sluice.local.LocalSettings;
import dev.sluice.local.fault.FaultCall;
import dev.sluice.local.fault.FaultPlan;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.sweep.BulkInsertSweep.Befallen;
import dev.sluice.sweep.BulkInsertSweep.Calm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every exchange with BigQuery may go wrong in every way, and two may begin at once: the table is the same. */
class BulkInsertFaultTests {

    @TempDir
    Path folder;

    private static List<String> names() {
        return SweepScenario.NAMES;
    }

    /** One exchange for each fault, in the scenario whose turn it is. */
    @Test
    void endsInTheSameTableWhateverGoesWrongToday() throws Exception {
        long day = day();
        String name = todays(day);
        var random = new Random(day);
        try (var sweep = sweep(name)) {
            Calm calm = sweep.calm();
            var faults = new Faults(sweep, calm);
            for (Fault fault : Fault.values()) {
                long exchange = random.nextLong(1, calm.exchanges() + 1);
                System.out.printf(
                        "%s, %s at exchange %d of %d, seed %d%n", name, fault, exchange, calm.exchanges(), day);
                faults.strike(exchange, fault);
            }
            faults.requireMostStruck(name);
            assertThat(sweep.twiceAtOnce()).isEqualTo(calm.digest());
        }
    }

    private static long day() {
        return LocalDate.now(ZoneOffset.UTC).toEpochDay();
    }

    private static String todays(long day) {
        return SweepScenario.NAMES.get((int) (day % SweepScenario.NAMES.size()));
    }

    @Test
    void endsInTheSameTableThoughJobsFailLateToday() throws Exception {
        requireSameThoughJobsFailLate(todays(day()));
    }

    @ParameterizedTest
    @MethodSource("names")
    @Tag("sweep")
    void endsInTheSameTableThoughJobsFailLate(String name) throws Exception {
        requireSameThoughJobsFailLate(name);
    }

    /** The first BigQuery job of every effect runs, and ends with an error; two processes begin at once. */
    private void requireSameThoughJobsFailLate(String name) throws Exception {
        String digest;
        try (var sweep = sweep(name)) {
            digest = sweep.calm().digest();
        }
        var first = new FaultRule(
                new FaultRule.Target(FaultCall.JOB, "", "", Pattern.compile("/jobs/sluice-\\w+-a1$")),
                new FaultRule.Window(null, null),
                Set.of(),
                1,
                1,
                new dev.sluice.local.fault.Fault.FailLate(Duration.ZERO, "backendError"));
        var late = new FaultPlan(List.of(first), 0, Clock.systemUTC());
        try (var sweep = new BulkInsertSweep(
                Files.createDirectories(folder.resolve("late")),
                SweepScenario.of(name),
                database -> url("late-" + database),
                LocalSettings.defaults().withFaults(late))) {
            assertThat(sweep.twiceAtOnce()).isEqualTo(digest);
        }
        assertThat(late.injected()).as("jobs that failed late").isGreaterThan(3);
    }

    /** All of them, or with {@code -Dsweep.shard=k/n} each n-th exchange beginning with the k-th. */
    @ParameterizedTest
    @MethodSource("names")
    @Tag("sweep")
    void endsInTheSameTableWhateverGoesWrong(String name) throws Exception {
        Shard shard = Shard.chosen();
        try (var sweep = sweep(name)) {
            Calm calm = sweep.calm();
            long[] exchanges = LongStream.rangeClosed(1, calm.exchanges())
                    .filter(shard::covers)
                    .toArray();
            var faults = new Faults(sweep, calm);
            assertAll(LongStream.of(exchanges)
                    .boxed()
                    .flatMap(exchange -> Stream.of(Fault.values()).map(fault -> () -> faults.strike(exchange, fault))));
            System.out.printf(
                    "%s: %d faults at %d of %d exchanges%n",
                    name, Fault.values().length, exchanges.length, calm.exchanges());
            faults.requireMostStruck(name);
            assertThat(sweep.twiceAtOnce()).isEqualTo(calm.digest());
        }
    }

    /** Runs to which something happens, each as good as the calm one. */
    private static final class Faults {

        private final BulkInsertSweep sweep;
        private final Calm calm;
        private int planned;
        private int missed;

        Faults(BulkInsertSweep sweep, Calm calm) {
            this.sweep = sweep;
            this.calm = calm;
        }

        void strike(long exchange, Fault fault) throws IOException {
            Befallen befallen = sweep.befallenAt(exchange, fault);
            assertThat(befallen.digest())
                    .as("%s at exchange %d of %d", fault, exchange, calm.exchanges())
                    .isEqualTo(calm.digest());
            planned++;
            missed += befallen.struck() ? 0 : 1;
        }

        /** The calm run may have polled more often, but not twice as often. */
        void requireMostStruck(String name) {
            System.out.printf("%s: %d of %d faults never struck, their runs ended before%n", name, missed, planned);
            assertThat(missed).as("faults that never struck, of %d", planned).isLessThanOrEqualTo(planned / 2);
        }
    }

    private BulkInsertSweep sweep(String name) throws IOException {
        return new BulkInsertSweep(folder, SweepScenario.of(name), this::url);
    }

    /** In memory beyond the test, hence of its own. */
    private String url(String database) {
        return RepositoryTemplate.copyOnH2(folder.getFileName() + "-" + database);
    }
}
