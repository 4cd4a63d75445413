package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.sweep.BulkInsertSweep.Aftermath;
import dev.sluice.sweep.BulkInsertSweep.Calm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each point of the kill map by its name: a death there is repaired by starting again, and nothing happens twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KillMapContract {

    /** Which unit of several it happens to. */
    private static final int LATER = 3;

    private BulkInsertSweep sweep;
    private Calm calm;

    /** How a life gets to a point of the map: by what it does, since how often it polls depends on the machine. */
    enum Point {
        K0_BEFORE_THE_INSTANCE(calm -> way("before INSERT INTO SLUICE_LEASE", 1)),
        K1_INSTANCE_WITHOUT_EXECUTION(calm -> way("after commit of .*INSERT INTO BATCH_JOB_INSTANCE", 1)),
        K2_EXECUTION_STARTING(calm -> way("after commit of .*INSERT INTO BATCH_JOB_EXECUTION ?\\(", 1)),
        K3_READING(calm -> way("before INSERT INTO SLUICE_INTENT", LATER)),
        K4_INTENT_WITHOUT_UPLOAD(calm -> way("after INSERT INTO SLUICE_INTENT", LATER)),
        K5_IN_THE_MIDDLE_OF_AN_UPLOAD(calm -> way("after POST .*/upload/.*", LATER)),
        K6_UPLOADED_WITHOUT_A_REPLY(calm -> way("after PUT .*", LATER)),
        K7_BIGQUERY_JOB_RUNNING(calm -> K6_UPLOADED_WITHOUT_A_REPLY.way(calm).then("before GET .*/jobs/sluice-")),
        K8_DONE_BEFORE_THE_COMMIT(calm -> way("after UPDATE SLUICE_INTENT SET STATE = 'DONE'", LATER)),
        K9_IN_THE_COMMIT(calm -> K8_DONE_BEFORE_THE_COMMIT.way(calm).then("before commit of .*STEP_EXECUTION_CONTEXT")),
        K10_AFTER_THE_COMMIT(calm -> K9_IN_THE_COMMIT.way(calm).then("after commit of .*STEP_EXECUTION_CONTEXT")),
        K11_ALL_CHUNKS_BUT_STEP_NOT_COMPLETED(calm -> last(calm, "after PUT .*")
                .then("after commit of .*STEP_EXECUTION_CONTEXT")
                .then("before commit of .*UPDATE BATCH_STEP_EXECUTION ")),
        K12_ALL_STEPS_BUT_JOB_NOT_COMPLETED(
                calm -> last(calm, "before commit of .*UPDATE BATCH_JOB_EXECUTION (?!CONTEXT)"));

        private final Function<Calm, WayToDeath> way;

        Point(Function<Calm, WayToDeath> way) {
            this.way = way;
        }

        WayToDeath way(Calm calm) {
            return way.apply(calm);
        }

        private static WayToDeath way(String pattern, int times) {
            return new WayToDeath(pattern, times);
        }

        /** As often as a calm life gets there. */
        private static WayToDeath last(Calm calm, String pattern) {
            return way(pattern, (int) calm.places().stream()
                    .filter(place -> place.matches(pattern + ".*"))
                    .count());
        }
    }

    @BeforeAll
    void live(@TempDir Path folder) throws IOException {
        sweep = new BulkInsertSweep(folder, SweepScenario.of("append"), this::newDatabase);
        calm = sweep.calm();
    }

    /** The JDBC URL of an empty database, user included. */
    abstract String newDatabase(String name);

    @AfterAll
    void close() {
        sweep.close();
    }

    /** Two of them, another two each day. */
    @Test
    void nothingHappensTwiceAfterADeathAtTodaysPoints() throws IOException {
        int day = (int) LocalDate.now(ZoneOffset.UTC).toEpochDay();
        for (int i = 0; i < 2; i++) {
            Point point = Point.values()[(day * 2 + i) % Point.values().length];
            System.out.printf("%s: %s of %d points%n", getClass().getSimpleName(), point, Point.values().length);
            nothingHappensTwiceAfterADeathAt(point);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("sweep")
    void nothingHappensTwiceAfterADeathAt(Point point) throws IOException {
        assumeTrue(Shard.chosen().covers(point.ordinal() + 1));
        WayToDeath way = point.way(calm);

        Aftermath aftermath = sweep.die("k" + point.ordinal(), List.of(new DeathSwitch(way)));

        assertThat(aftermath.died()).as("the process died after %s", way).isTrue();
        assertThat(aftermath.digest()).isEqualTo(calm.digest());
    }

    /** K13: Spring Batch alone forgets that it recovered, and moves the end of the run. */
    @Test
    void nothingHappensTwiceAfterADeathInTheMiddleOfRecovery() throws IOException {
        Predicate<String> recovering = place -> place.matches("after commit of .*UPDATE BATCH_STEP_EXECUTION .*");

        Aftermath aftermath = sweep.die(
                "k13", List.of(new DeathSwitch(Point.K7_BIGQUERY_JOB_RUNNING.way(calm)), new DeathSwitch(recovering)));

        assertThat(aftermath.died()).as("both died").isTrue();
        assertThat(aftermath.digest()).isEqualTo(calm.digest());
    }
}
