package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sweep.BulkInsertSweep.Calm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
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
        long day = LocalDate.now(ZoneOffset.UTC).toEpochDay();
        String name = SweepScenario.NAMES.get((int) (day % SweepScenario.NAMES.size()));
        var random = new Random(day);
        try (var sweep = sweep(name)) {
            Calm calm = sweep.calm();
            for (Fault fault : Fault.values()) {
                long exchange = random.nextLong(1, calm.exchanges() + 1);
                System.out.printf(
                        "%s, %s at exchange %d of %d, seed %d%n", name, fault, exchange, calm.exchanges(), day);
                assertThat(sweep.befallenAt(exchange, fault)).as("%s", fault).isEqualTo(calm.digest());
            }
            assertThat(sweep.twiceAtOnce()).isEqualTo(calm.digest());
        }
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
            for (long exchange : exchanges) {
                for (Fault fault : Fault.values()) {
                    assertThat(sweep.befallenAt(exchange, fault))
                            .as("%s at exchange %d", fault, exchange)
                            .isEqualTo(calm.digest());
                }
            }
            System.out.printf(
                    "%s: %d faults at %d of %d exchanges%n",
                    name, Fault.values().length, exchanges.length, calm.exchanges());
            assertThat(sweep.twiceAtOnce()).isEqualTo(calm.digest());
        }
    }

    private BulkInsertSweep sweep(String name) throws IOException {
        return new BulkInsertSweep(
                folder,
                SweepScenario.of(name),
                database -> "jdbc:h2:mem:fault-" + database + ";DB_CLOSE_DELAY=-1;USER=sa");
    }
}
